//! Who belongs to the company, read for a request.

use std::sync::Arc;

use shared::Scope;
use shared::organisation::Company;

use crate::Fault;
use crate::web::Services;

/// The directory as it stands. Every request behind a sign-in begins here: what another node has acknowledged can then
/// be read by whoever asks this one next, and a person whom it has just made is known.
pub(super) async fn company(services: &Services) -> Result<Arc<Company>, Fault> {
    services.engine.current().await?;
    let (_, state) = services.engine.read(&[Scope::Company]).await?;
    Ok(state.company)
}
