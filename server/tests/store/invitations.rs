//! Invitations that many may use: places are counted once, on every engine.

use qibu::store::{Places, StoredInvitation};
use shared::Timestamp;
use shared::id::PersonId;
use shared::organisation::{CompanyRole, Invitee};
use uuid::Uuid;

use crate::Place;

engines![places_are_taken_once_and_given_back, what_an_invitation_says_is_kept];

const NOW: Timestamp = Timestamp::from_micros(1_000);

fn somebody() -> PersonId {
    PersonId::new(Uuid::now_v7())
}

fn invitation(places: Option<Places>) -> StoredInvitation {
    StoredInvitation {
        person: somebody(),
        department: None,
        role: CompanyRole::Member,
        made_by: somebody(),
        expires: Timestamp::from_micros(2_000),
        invitee: Invitee { name: "何苗".into(), email: "he.miao@qiming.example".into() },
        places,
    }
}

async fn places_are_taken_once_and_given_back(place: Place) {
    let store = place.open().await;
    let open = invitation(Some(Places { most: 2, used: 0 }));
    store.add_invitations(&[(open.clone(), [7; 32])], NOW).await.expect("added");
    let [first, second, third] = [somebody(), somebody(), somebody()];
    let take = async |person, at| store.take_place(open.person, (person, "hash"), at).await.expect("asked");
    assert!(!take(first, open.expires).await, "it has expired by then");
    assert!(take(first, NOW).await);
    let (one, other) = tokio::join!(take(second, NOW), take(third, NOW));
    assert!(one != other, "one place was left");
    assert_eq!(store.invitation(&[7; 32], NOW).await.expect("asked"), None, "it is full");
    let came = if one { second } else { third };
    store.give_place_back(open.person, came).await.expect("given back");
    assert_eq!(store.password(came).await.expect("asked"), None);
    assert_eq!(store.password(first).await.expect("asked").as_deref(), Some("hash"));
    let found = store.invitation(&[7; 32], NOW).await.expect("asked").expect("open again");
    assert_eq!(found.places, Some(Places { most: 2, used: 1 }));
}

async fn what_an_invitation_says_is_kept(place: Place) {
    let store = place.open().await;
    let both = [(invitation(None), [1; 32]), (invitation(Some(Places { most: 3, used: 0 })), [2; 32])];
    store.add_invitations(&both, NOW).await.expect("added");
    let found = store.open_invitations(NOW).await.expect("listed");
    assert_eq!(found, both.clone().map(|(open, _)| open));
    let [(single, token), (shared, _)] = both;
    assert_eq!(store.invitation(&token, NOW).await.expect("asked"), Some(single.clone()));
    assert!(!store.take_place(single.person, (somebody(), "hash"), NOW).await.expect("asked"), "it is for one");
    store.remove_invitation(shared.person).await.expect("removed");
    assert!(store.use_invitation(single.person, "hash", NOW).await.expect("asked"));
    assert_eq!(store.open_invitations(NOW).await.expect("listed"), []);
}
