//! The colour of a label.

/// The hue of a label's chip: always the same for the same word.
pub fn label_hue(label: &str) -> u32 {
    label.bytes().fold(7, |hash: u32, byte| hash.wrapping_mul(31).wrapping_add(byte.into())) % 360
}
