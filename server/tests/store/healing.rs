//! A journal in which a wrong clock has written: what is told of it, and that right times are put in their place.

use std::collections::BTreeSet;

use qibu::clock::now;
use qibu::store::{Damage, Finding, Store};
use qibu::sync::Engine;
use shared::Timestamp;
use shared::sync::Seq;

use crate::Place;
use crate::archive::checked;
use crate::history::History;

engines![right_times_come_in_the_place_of_wrong_ones_everywhere, a_journal_of_right_times_stays_as_it_is];

const YEAR: i64 = 366 * 86_400_000_000;

/// Has some rows be written by a clock that was wrong; answers what the wrong times are.
async fn poison(place: &Place, store: &Store, rows: std::ops::Range<u64>, by: i64) -> Vec<i64> {
    let journal = store.journal_since(Seq(0), 10_000).await.expect("the journal");
    let of_these = journal.iter().filter(|row| rows.contains(&row.seq.0));
    let moments: BTreeSet<i64> = of_these.map(|row| row.at.micros()).collect();
    for right in &moments {
        let wrong = right + by;
        let statements = format!(
            "UPDATE journal SET at = {wrong} WHERE at = {right};
             UPDATE journal SET changes = replace(changes, '{right}', '{wrong}');
             UPDATE thing SET body = replace(body, '{right}', '{wrong}');"
        );
        place.meddle(Box::leak(statements.into_boxed_str())).await;
    }
    moments.into_iter().map(|right| right + by).collect()
}

async fn right_times_come_in_the_place_of_wrong_ones_everywhere(place: Place) {
    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let history = History::play(&engine).await;
    engine.shutdown().await;
    let last = store.last().await.expect("a number").0;
    for by in [YEAR, -YEAR] {
        let wrong = poison(&place, &store, last - 12..last - 3, by).await;
        assert!(!wrong.is_empty());
        let (findings, _) = checked(&store).await;
        assert!(
            !findings.is_empty() && findings.iter().all(|found| matches!(found, Finding::Older(_))),
            "{findings:?}"
        );

        let told = store.wrong_times(now()).await.expect("they are told");
        let was: BTreeSet<i64> = told.iter().map(|row| row.was.micros()).collect();
        assert_eq!(was, wrong.iter().copied().collect());
        assert_eq!(checked(&store).await.0, findings, "nothing is changed by that");

        let epoch = store.epoch().await.expect("an epoch");
        assert_eq!(store.heal_times(now()).await.expect("healed"), told);
        assert_ne!(store.epoch().await.expect("an epoch"), epoch, "browsers take everything anew");
        assert_eq!(checked(&store).await.0, []);
        for scope in history.scopes() {
            let part = store.load(scope).await.expect("it loads").part.expect("it is there");
            let text = format!("{part:?}");
            assert!(wrong.iter().all(|moment| !text.contains(&moment.to_string())), "{scope}: {text}");
        }
        let times: Vec<Timestamp> =
            store.journal_since(Seq(0), 10_000).await.expect("the journal").iter().map(|row| row.at).collect();
        assert!(times.is_sorted());
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("healed.qibu");
    let written = store.backup(&file).await.expect("a backup");
    for other in place.others().await {
        let restored = other.open().await.restore(&file, Damage::Refused).await.expect("restored");
        assert_eq!(restored.hash(), written.hash());
    }
}

async fn a_journal_of_right_times_stays_as_it_is(place: Place) {
    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    History::play(&engine).await;
    engine.shutdown().await;
    let (_, before) = checked(&store).await;
    let epoch = store.epoch().await.expect("an epoch");
    assert_eq!(store.heal_times(now()).await.expect("nothing to do"), []);
    assert_eq!(checked(&store).await.1, before);
    assert_eq!(store.epoch().await.expect("an epoch"), epoch);
}
