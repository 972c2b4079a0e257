//! What lies behind the demo's company: five months of incidents, each at its time, and what was learned from them.

use jiff::civil::Weekday;

use super::case::{Moment, Story};
use super::script::{Script, When};
use super::{DemoError, follow_ups, project, stories};

/// When the company begins to use qibu: before its first incident.
pub(super) const BEGIN: When = (-24, Weekday::Monday, 8, 30);

/// Lets it all happen, and returns to the present. Answers how many tasks it leaves.
pub(super) async fn load(script: &Script) -> Result<usize, DemoError> {
    project::load(script, &follow_ups::plan()).await?;
    let stories = stories::all();
    let mut moments: Vec<Moment> = stories.iter().flat_map(|story| story.moments(script)).collect();
    // Those of one minute stay in their order.
    moments.sort_by_key(|moment| moment.at);
    let mut moments = moments.into_iter().peekable();
    while let Some(Moment { at, line }) = moments.next() {
        let mut lines = vec![line];
        while let Some(next) = moments.next_if(|next| next.at == at) {
            lines.push(next.line);
        }
        script.ring_until(at).await?;
        script.go_to(at);
        script.run(lines).await?;
    }
    script.go_to_the_present();
    Ok(stories.iter().map(Story::measures).sum())
}
