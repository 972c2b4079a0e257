//! How grave an incident is, and the matrix that helps a reporter to say so.

use serde::{Deserialize, Serialize};

/// How grave an incident is (严重程度), the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// 一般.
    Normal,
    /// 严重.
    Severe,
    /// 紧急.
    Urgent,
}

impl Severity {
    /// All of them, the gravest first, as forms list them.
    pub const ALL: [Self; 3] = [Self::Urgent, Self::Severe, Self::Normal];
}

/// How many an incident hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reach {
    /// One or a few people.
    Few,
    /// A department, or some customers.
    Some,
    /// The whole company, or most customers.
    Most,
}

impl Reach {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Few, Self::Some, Self::Most];
}

/// How much it keeps them from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Hindrance {
    /// They go on almost as usual.
    Little,
    /// They go on with difficulty, by another way.
    Much,
    /// They cannot go on; or data, money or safety are at risk.
    Stopped,
}

impl Hindrance {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Little, Self::Much, Self::Stopped];
}

impl Severity {
    /// The severity matrix: what a reporter is advised to choose.
    pub const fn advised(reach: Reach, hindrance: Hindrance) -> Self {
        match (reach, hindrance) {
            (Reach::Most, Hindrance::Much | Hindrance::Stopped) | (Reach::Some, Hindrance::Stopped) => Self::Urgent,
            (Reach::Most, Hindrance::Little) | (Reach::Some, Hindrance::Much) | (Reach::Few, Hindrance::Stopped) => {
                Self::Severe
            }
            (Reach::Some, Hindrance::Little) | (Reach::Few, Hindrance::Little | Hindrance::Much) => Self::Normal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_never_falls_as_more_are_hit_or_hindered_more() {
        for reach in Reach::ALL {
            for hindrance in Hindrance::ALL {
                let here = Severity::advised(reach, hindrance);
                for other in Reach::ALL.into_iter().filter(|other| *other >= reach) {
                    assert!(Severity::advised(other, hindrance) >= here, "{reach:?} → {other:?}, {hindrance:?}");
                }
                for other in Hindrance::ALL.into_iter().filter(|other| *other >= hindrance) {
                    assert!(Severity::advised(reach, other) >= here, "{reach:?}, {hindrance:?} → {other:?}");
                }
            }
        }
    }
}
