//! How often one may fail to sign in, by account and by client address, or by the browser where it is known.
//!
//! A leaky bucket for each key, kept as one instant: when it will be empty again. An attempt is counted before the
//! password is looked at, so that a hundred at once do not pass together, and given back when it turns out right:
//! only failures count. Keys are digests and addresses, and there are only so many: strangers fill no memory.
//!
//! Whoever has signed in in a browser before is counted there alone. Otherwise eight wrong passwords of a stranger would
//! keep the owner out, and fifty of a neighbour everybody behind the same address.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

use super::caller::ClientAddress;
use super::token::digest;
use crate::Fault;
use crate::sign_in::TokenDigest;

const PER_ACCOUNT: Limit = Limit { failures: 8, within: Duration::from_mins(10) };
// Generous: a whole company may sit behind one address.
const PER_ADDRESS: Limit = Limit { failures: 50, within: Duration::from_mins(10) };
const PER_SITE: Limit = Limit { failures: 500, within: Duration::from_mins(10) };
/// How many keys of a sort are kept.
const MOST_KEYS: usize = 20_000;

/// Counts the failures of sign-in.
#[derive(Debug, Default)]
pub struct Attempts {
    accounts: Buckets<TokenDigest>,
    addresses: Buckets<ClientAddress>,
    sites: Buckets<ClientAddress>,
    known: Buckets<TokenDigest>,
}

/// By what the failures of somebody are counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trier {
    /// A browser in which the account's person is known.
    Known(TokenDigest),
    /// Anybody else: the account, and where they are.
    Stranger(TokenDigest, ClientAddress),
}

impl Trier {
    /// One who is known by these.
    pub(super) fn known(by: &[&[u8]]) -> Self {
        let mut key = Sha256::new();
        for part in by {
            key.update(part);
        }
        Self::Known(key.finalize().into())
    }

    /// One who tries an account from an address.
    pub(super) fn stranger(account: &str, address: ClientAddress) -> Self {
        Self::Stranger(digest(account), address)
    }
}

impl Attempts {
    /// Counts one attempt. [`Fault::TooManyAttempts`] if there were too many.
    pub(super) fn begin(&self, trier: Trier) -> Result<(), Fault> {
        let now = Instant::now();
        let (account, address) = match trier {
            Trier::Known(key) => return self.known.take(key, &PER_ACCOUNT, now),
            Trier::Stranger(account, address) => (account, address),
        };
        if let Some(site) = address.site() {
            self.sites.take(site, &PER_SITE, now)?;
        }
        // Refused without a look at the password: the rest has told nothing, and pays nothing.
        self.addresses.take(address, &PER_ADDRESS, now).inspect_err(|_| self.give_back_site(address, now))?;
        self.accounts.take(account, &PER_ACCOUNT, now).inspect_err(|_| self.give_back_address(address, now))
    }

    /// The attempt was right after all, or none.
    pub(super) fn give_back(&self, trier: Trier) {
        let now = Instant::now();
        match trier {
            Trier::Known(key) => self.known.give_back(&key, &PER_ACCOUNT, now),
            Trier::Stranger(account, address) => {
                self.give_back_address(address, now);
                self.accounts.give_back(&account, &PER_ACCOUNT, now);
            }
        }
    }

    fn give_back_address(&self, address: ClientAddress, now: Instant) {
        self.addresses.give_back(&address, &PER_ADDRESS, now);
        self.give_back_site(address, now);
    }

    fn give_back_site(&self, address: ClientAddress, now: Instant) {
        if let Some(site) = address.site() {
            self.sites.give_back(&site, &PER_SITE, now);
        }
    }
}

#[derive(Clone, Copy)]
struct Limit {
    failures: u32,
    within: Duration,
}

impl Limit {
    /// How long one failure takes to be forgotten.
    fn each(&self) -> Duration {
        self.within / self.failures
    }
}

/// For each key, when all its failures will be forgotten.
#[derive(Debug)]
struct Buckets<K>(Mutex<HashMap<K, Instant>>);

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash> Buckets<K> {
    fn take(&self, key: K, limit: &Limit, now: Instant) -> Result<(), Fault> {
        let mut empty_at = self.lock();
        if empty_at.len() >= MOST_KEYS {
            make_room(&mut empty_at, now);
        }
        let filled = (*empty_at.get(&key).unwrap_or(&now)).max(now) + limit.each();
        if let Some(wait) = filled.checked_duration_since(now + limit.within).filter(|wait| !wait.is_zero()) {
            return Err(Fault::TooManyAttempts(wait.as_secs() + 1));
        }
        empty_at.insert(key, filled);
        Ok(())
    }

    fn give_back(&self, key: &K, limit: &Limit, now: Instant) {
        let mut empty_at = self.lock();
        let Some(at) = empty_at.get_mut(key) else { return };
        match at.checked_sub(limit.each()).filter(|at| *at > now) {
            Some(less) => *at = less,
            None => {
                empty_at.remove(key);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets go of what is forgotten anyhow; where that is not enough, of the quarter with the fewest failures.
fn make_room<K: Eq + Hash>(empty_at: &mut HashMap<K, Instant>, now: Instant) {
    empty_at.retain(|_, at| *at > now);
    if empty_at.len() >= MOST_KEYS {
        let mut ends: Vec<Instant> = empty_at.values().copied().collect();
        let (_, least, _) = ends.select_nth_unstable(MOST_KEYS / 4);
        let least = *least;
        empty_at.retain(|_, at| *at > least);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit { failures: 3, within: Duration::from_secs(30) };

    #[test]
    fn the_fourth_failure_waits_until_the_first_is_forgotten() {
        let buckets = Buckets::default();
        let now = Instant::now();
        for _ in 0..3 {
            assert_eq!(buckets.take("a", &LIMIT, now), Ok(()));
        }
        assert_eq!(buckets.take("a", &LIMIT, now), Err(Fault::TooManyAttempts(11)));
        assert_eq!(buckets.take("b", &LIMIT, now), Ok(()), "another account is not held up");
        assert_eq!(buckets.take("a", &LIMIT, now + Duration::from_secs(10)), Ok(()));
        assert!(buckets.take("a", &LIMIT, now + Duration::from_secs(10)).is_err());
    }

    #[test]
    fn what_was_right_does_not_count() {
        let buckets = Buckets::default();
        let now = Instant::now();
        for _ in 0..100 {
            assert_eq!(buckets.take("a", &LIMIT, now), Ok(()));
            buckets.give_back(&"a", &LIMIT, now);
        }
        assert!(buckets.0.lock().expect("not poisoned").is_empty(), "nothing is kept");
    }

    #[test]
    fn there_are_only_so_many_keys_and_those_with_failures_stay() {
        let buckets = Buckets::default();
        let now = Instant::now();
        for _ in 0..3 {
            assert_eq!(buckets.take(0, &LIMIT, now), Ok(()));
        }
        for key in 1..100_000 {
            assert_eq!(buckets.take(key, &LIMIT, now + Duration::from_nanos(key)), Ok(()));
        }
        assert!(buckets.lock().len() <= MOST_KEYS);
        assert!(buckets.take(0, &LIMIT, now).is_err(), "it is not forgotten for the others");
    }
}
