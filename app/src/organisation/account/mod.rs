//! One's own account: profile, looks, calls, password, sign-ins.

mod looks;
mod password;
mod profile;
mod sign_ins;

use leptos::prelude::*;

use self::looks::Looks;
use self::password::Password;
use self::profile::ProfileForm;
use self::sign_ins::SignIns;
use crate::inbox::CallSettings;
use crate::organisation::leaving::SignOut;
use crate::sync::Replica;
use crate::ui::{PageHead, page_title};

/// The page behind `/account`.
#[component]
pub fn Account() -> impl IntoView {
    page_title(|| t!("account.title"));
    let replica = Replica::expect();
    let sign_out = SignOut::expect();
    view! {
        <PageHead title=tr!("account.title")>
            <button type="button" class="button" on:click=move |_| sign_out.ask(replica)>
                {t!("account.sign_out")}
            </button>
        </PageHead>
        <div class="page-body">
            <div class="column-text">
                <ProfileForm />
                <Looks />
                <CallSettings />
                <Password />
                <SignIns />
            </div>
        </div>
    }
}
