//! Secrets that a browser holds: 256 random bits, of which the server keeps only a digest.

use std::fmt::{self, Write as _};

use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

use crate::Fault;
use crate::sign_in::TokenDigest;

/// A fresh secret. Shown to its owner once; never logged.
pub struct Token(String);

impl Token {
    /// Draws one. Fails only where the operating system has no randomness.
    pub fn draw() -> Result<Self, Fault> {
        let mut bytes = [0; 32];
        OsRng.try_fill_bytes(&mut bytes).map_err(|error| {
            tracing::error!(%error, "no randomness");
            Fault::Unavailable
        })?;
        let mut text = String::with_capacity(64);
        for byte in bytes {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Ok(Self(text))
    }

    /// What the store is to keep of it.
    pub fn digest(&self) -> TokenDigest {
        digest(&self.0)
    }

    /// The secret itself, for its owner alone.
    pub fn into_secret(self) -> String {
        self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// The digest of what somebody says is a token. A plain hash will do: nobody guesses 256 random bits.
pub(super) fn digest(token: &str) -> TokenDigest {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_unlike_and_not_printed() {
        let (one, other) = (Token::draw().expect("random"), Token::draw().expect("random"));
        assert_eq!(format!("{one:?}"), "Token");
        assert_eq!(one.digest(), digest(&one.0));
        assert_ne!(one.digest(), other.digest());
        assert_eq!(one.into_secret().len(), 64);
    }
}
