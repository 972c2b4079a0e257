//! What a password may be, as far as both sides of the wire can tell (organisation: passwords).

use crate::{Field, Reason, Rejection};

/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 10;
/// The most characters of a password: nobody types more, and hashing them costs time.
pub const LONGEST_PASSWORD: usize = 200;

/// Refuses a password that is too short, too long, or the person's own address. Whether it is among those that are
/// guessed first, only the server knows.
pub fn checked_password(password: &str, email: &str) -> Result<(), Rejection> {
    let refused = |reason| Err(Rejection::of(Field::Password, reason));
    match password.chars().count() {
        0 => refused(Reason::Required),
        count if count < SHORTEST_PASSWORD => refused(Reason::TooShort { min: SHORTEST_PASSWORD }),
        count if count > LONGEST_PASSWORD => refused(Reason::TooLong { max: LONGEST_PASSWORD }),
        _ if password.chars().any(char::is_control) => refused(Reason::Unprintable),
        _ if password.trim().to_lowercase() == email.trim().to_lowercase() => refused(Reason::PasswordTooCommon),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_length_is_counted_in_characters() {
        let refused = |reason| Err(Rejection::of(Field::Password, reason));
        assert_eq!(checked_password("", ""), refused(Reason::Required));
        assert_eq!(checked_password("九个字符的口令啊啊", ""), refused(Reason::TooShort { min: 10 }));
        assert_eq!(checked_password("十个字符的口令啊啊啊", ""), Ok(()));
        assert_eq!(checked_password(&"x".repeat(200), ""), Ok(()));
        assert_eq!(checked_password(&"x".repeat(201), ""), refused(Reason::TooLong { max: 200 }));
    }

    #[test]
    fn nobody_types_control_characters() {
        assert_eq!(checked_password("paper\tlantern", ""), Err(Rejection::of(Field::Password, Reason::Unprintable)));
    }

    #[test]
    fn the_own_address_is_none() {
        let refused = Err(Rejection::of(Field::Password, Reason::PasswordTooCommon));
        assert_eq!(checked_password("Lin.Xiao@Qiming.Example", " lin.xiao@qiming.example"), refused);
        assert_eq!(checked_password("Lin.Xiao@Qiming.Example!", "lin.xiao@qiming.example"), Ok(()));
    }
}
