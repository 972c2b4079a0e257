//! Passwords: argon2id, a few at a time with a line before it that ends, and none that is guessed first.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use shared::organisation::{LONGEST_PASSWORD, checked_password};
use shared::{Field, Reason, Rejection};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;
use unicode_normalization::UnicodeNormalization as _;

use crate::Fault;

/// Each takes 19 MB for some 20 ms: more at once would only let strangers fill the memory.
const AT_ONCE: usize = 2;
/// How many wait for theirs, and for how long: as many as are looked at by then. Whoever comes later is told so at once.
const LINE: (usize, Duration) = (500, Duration::from_secs(10));

/// A hash of nothing that anybody knows. It is looked at when there is no account, so that an unknown address takes
/// as long to refuse as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$cWlidS1ub2JvZHktaGVyZQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and checks passwords, off the threads that serve.
#[derive(Clone, Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
    patience: Duration,
    work: Sender<Job>,
}

/// What a thread that hashes does next.
type Job = Box<dyn FnOnce() + Send>;

impl Default for Passwords {
    fn default() -> Self {
        Self::new(LINE)
    }
}

impl Passwords {
    fn new((places, patience): (usize, Duration)) -> Self {
        let semaphore = |permits| Arc::new(Semaphore::new(permits));
        Self { turns: semaphore(AT_ONCE), places: semaphore(places), patience, work: hashers() }
    }

    /// Checks a new password by all rules, also those that only the server knows, and answers its hash.
    pub async fn hash(&self, password: String, email: &str, name: &str) -> Result<String, Fault> {
        let password = prepared(&password);
        checked_password(&password, email)?;
        let known: Vec<String> = [email, name].into_iter().flat_map(words).collect();
        self.run(move || {
            refuse_guessable(&password, &known)?;
            match Argon2::default().hash_password(password.as_bytes()) {
                Ok(hash) => Ok(hash.to_string()),
                Err(error) => {
                    tracing::error!(%error, "a password could not be hashed");
                    Err(Fault::Unavailable)
                }
            }
        })
        .await
    }

    /// Whether a password belongs to a hash. Takes as long when there is none. Hashes from before passwords had one
    /// form are of what was typed: that is tried second.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Fault> {
        let usual = prepared(&password);
        // Nobody has one: not worth the work.
        if usual.chars().count() > LONGEST_PASSWORD {
            return Ok(false);
        }
        self.run(move || {
            let known = hash.is_some();
            let hash = hash.as_deref().unwrap_or(NOBODY);
            let parsed = PasswordHash::new(hash).map_err(|error| {
                tracing::error!(%error, "a stored password hash could not be read");
                Fault::Unavailable
            })?;
            let fits = |password: &str| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
            Ok((fits(&usual) || (usual != password && fits(&password))) && known)
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let place = self.places.try_acquire().map_err(|_| Fault::Busy)?;
        let turn = timeout(self.patience, self.turns.clone().acquire_owned()).await.map_err(|_| Fault::Busy)?;
        let turn = turn.map_err(|_| Fault::Unavailable)?;
        drop(place);
        let (answer, done) = oneshot::channel();
        let job = move || {
            let answered = work();
            drop(turn);
            // Who has gone meanwhile needs none.
            let _ = answer.send(answered);
        };
        self.work.send(Box::new(job)).map_err(|_| Fault::Unavailable)?;
        done.await.unwrap_or_else(|error| {
            tracing::error!(%error, "hashing was cut short");
            Err(Fault::Unavailable)
        })
    }
}

/// The threads that hash, as many as may at once and always the same: the allocator keeps what each has used. After 200
/// sign-ins at once on threads of tokio's, which come and go, that was 700 MB.
fn hashers() -> Sender<Job> {
    let (jobs, work) = mpsc::channel::<Job>();
    let work = Arc::new(Mutex::new(work));
    for _ in 0..AT_ONCE {
        let work = work.clone();
        let hasher = move || {
            loop {
                let job = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(job) = job else { return };
                // Its asker hears of it by the answer that does not come.
                let _ = catch_unwind(AssertUnwindSafe(job));
            }
        };
        if let Err(error) = thread::Builder::new().name("passwords".to_owned()).spawn(hasher) {
            tracing::error!(%error, "a thread that hashes could not be started");
        }
    }
    jobs
}

/// The form in which passwords are compared, whatever keyboard they were typed on: as RFC 8265 prepares an
/// `OpaqueString`, with one kind of space and composed characters.
fn prepared(password: &str) -> String {
    let is_space =
        |c| matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}');
    password.chars().map(|c| if is_space(c) { ' ' } else { c }).nfc().collect()
}

/// A text, and the parts that a guesser would take it apart into.
fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    [text].into_iter().chain(text.split('@')).chain(parts).filter(|part| !part.is_empty()).map(str::to_owned)
}

/// Refuses what a guesser tries in the first million: words, names, dates, keyboard rows, the person's own data.
fn refuse_guessable(password: &str, known: &[String]) -> Result<(), Fault> {
    let known: Vec<&str> = known.iter().map(String::as_str).chain(["qibu"]).collect();
    if zxcvbn::zxcvbn(password, &known).score() < zxcvbn::Score::Two {
        return Err(Rejection::of(Field::Password, Reason::PasswordTooCommon).into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use argon2::Params;

    use super::*;

    #[test]
    fn a_stand_in_hash_costs_what_real_ones_cost() {
        let parsed = PasswordHash::new(NOBODY).expect("readable");
        let params = Params::try_from(&parsed).expect("parameters");
        let (stand_in, real) = (params, Params::default());
        assert_eq!(
            (stand_in.m_cost(), stand_in.t_cost(), stand_in.p_cost()),
            (real.m_cost(), real.t_cost(), real.p_cost())
        );
    }

    #[test]
    fn common_passwords_are_refused() {
        let known: Vec<String> = ["lin.xiao@qiming.example", "林晓"].into_iter().flat_map(words).collect();
        for password in ["password123", "1234567890", "qwertyuiop", "iloveyou12", "xiaoqiming", "aaaaaaaaaa"] {
            assert!(refuse_guessable(password, &known).is_err(), "{password}");
        }
        for password in ["qibu-demo-2026", "correct horse battery", "一个不容易猜到的口令", "Tr4vel-lamp-Rice"]
        {
            assert!(refuse_guessable(password, &known).is_ok(), "{password}");
        }
    }

    #[tokio::test]
    async fn who_waits_too_long_or_behind_too_many_is_told() {
        let verify = async |passwords: &Passwords| passwords.verify("paper lantern 42".into(), None).await;
        let passwords = Passwords::new((1, Duration::from_millis(1)));
        assert_eq!(verify(&passwords).await, Ok(false));
        let turns = passwords.turns.clone().acquire_many_owned(2).await.expect("open");
        assert_eq!(verify(&passwords).await, Err(Fault::Busy), "the line ends");
        let patient = Passwords { patience: Duration::from_mins(1), ..passwords.clone() };
        let (first, second) = tokio::join!(
            async {
                let answer = verify(&patient).await;
                assert_eq!(answer, Ok(false), "who stands in the line comes in");
            },
            async {
                let answer = verify(&patient).await;
                drop(turns);
                answer
            }
        );
        assert_eq!((first, second), ((), Err(Fault::Busy)), "the line is full");
        let long = "x".repeat(100_000);
        assert_eq!(passwords.verify(long, None).await, Ok(false));
    }

    #[tokio::test]
    async fn a_password_is_the_same_in_every_unicode_form() {
        let passwords = Passwords::default();
        let (composed, decomposed) = ("Jos\u{e9} und sein Zelt", "Jose\u{301} und\u{3000}sein Zelt");
        for (set, typed) in [(composed, decomposed), (decomposed, composed)] {
            let hash = passwords.hash(set.into(), "a@qiming.example", "A").await.expect("hashed");
            assert_eq!(passwords.verify(typed.into(), Some(hash)).await, Ok(true));
        }
        let before = Argon2::default().hash_password(decomposed.as_bytes()).expect("hashed").to_string();
        assert_eq!(passwords.verify(decomposed.into(), Some(before.clone())).await, Ok(true), "as it was typed");
        assert_eq!(passwords.verify("Jose\u{301} und sein Zelt".into(), Some(before)).await, Ok(false));
    }

    #[tokio::test]
    async fn a_password_is_known_again() {
        let passwords = Passwords::default();
        let hash = passwords.hash("paper lantern 42".into(), "a@qiming.example", "A").await.expect("hashed");
        assert!(hash.starts_with("$argon2id$"));
        assert_eq!(passwords.verify("paper lantern 42".into(), Some(hash.clone())).await, Ok(true));
        assert_eq!(passwords.verify("paper lantern 43".into(), Some(hash)).await, Ok(false));
        assert_eq!(passwords.verify("paper lantern 42".into(), None).await, Ok(false));
    }
}
