//! How often one may fail to sign in, by account and by client address.
//!
//! A leaky bucket for each key, kept as one instant: when it will be empty again. An attempt is counted before the
//! password is looked at, so that a hundred at once do not pass together, and given back when it turns out right:
//! only failures count.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::caller::ClientAddress;
use crate::Fault;

const PER_ACCOUNT: Limit = Limit { failures: 8, within: Duration::from_mins(10) };
// Generous: a whole company may sit behind one address.
const PER_ADDRESS: Limit = Limit { failures: 50, within: Duration::from_mins(10) };
const KEYS_BEFORE_SWEEP: usize = 10_000;

/// Counts the failures of sign-in.
#[derive(Debug, Default)]
pub struct Attempts {
    accounts: Buckets<String>,
    addresses: Buckets<ClientAddress>,
}

impl Attempts {
    /// Counts one attempt at an account from an address. [`Fault::TooManyAttempts`] if there were too many.
    pub(super) fn begin(&self, account: &str, address: ClientAddress) -> Result<(), Fault> {
        let now = Instant::now();
        self.addresses.take(address, &PER_ADDRESS, now)?;
        self.accounts.take(account.to_owned(), &PER_ACCOUNT, now).inspect_err(|_| {
            // Refused without a look at the password: the address has told nothing, and pays nothing.
            self.addresses.give_back(&address, &PER_ADDRESS, now);
        })
    }

    /// The attempt was right after all.
    pub(super) fn succeeded(&self, account: &str, address: ClientAddress) {
        let now = Instant::now();
        self.addresses.give_back(&address, &PER_ADDRESS, now);
        self.accounts.give_back(account, &PER_ACCOUNT, now);
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
        let mut empty_at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if empty_at.len() >= KEYS_BEFORE_SWEEP {
            empty_at.retain(|_, at| *at > now);
        }
        let filled = (*empty_at.get(&key).unwrap_or(&now)).max(now) + limit.each();
        if let Some(wait) = filled.checked_duration_since(now + limit.within).filter(|wait| !wait.is_zero()) {
            return Err(Fault::TooManyAttempts(wait.as_secs() + 1));
        }
        empty_at.insert(key, filled);
        Ok(())
    }

    fn give_back<Q: Eq + Hash + ?Sized>(&self, key: &Q, limit: &Limit, now: Instant)
    where
        K: std::borrow::Borrow<Q>,
    {
        let mut empty_at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(at) = empty_at.get_mut(key) else { return };
        match at.checked_sub(limit.each()).filter(|at| *at > now) {
            Some(less) => *at = less,
            None => {
                empty_at.remove(key);
            }
        }
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
            buckets.give_back("a", &LIMIT, now);
        }
        assert!(buckets.0.lock().expect("not poisoned").is_empty(), "nothing is kept");
    }
}
