//! A link as a QR code: drawn here, so that the browser need not download what draws it.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};
use shared::{Field, Reason, Rejection};

use super::caller::Caller;
use super::wire::Qr;
use crate::Fault;

/// The longest link, in bytes: a phone reads what is larger badly.
const LONGEST: usize = 300;
/// The light margin that readers need, in modules.
const MARGIN: i32 = 4;

/// See [`super::functions::qr`].
pub(super) fn draw(caller: &Caller, link: &str) -> Result<Qr, Fault> {
    caller.signed_in()?;
    if link.len() > LONGEST {
        return Err(Rejection::of(Field::Url, Reason::TooLong { max: LONGEST }).into());
    }
    let code = QrCode::encode_text(link, QrCodeEcc::Medium);
    Ok(drawn(&code.map_err(|_| Rejection::of(Field::Url, Reason::TooLong { max: LONGEST }))?))
}

/// Each run of dark modules in a row is one bar.
fn drawn(code: &QrCode) -> Qr {
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut from = None;
        for x in 0..=size {
            match (code.get_module(x, y), from) {
                (true, None) => from = Some(x),
                (false, Some(begun)) => {
                    let (left, top, length) = (begun + MARGIN, y + MARGIN, x - begun);
                    // Writing into a text cannot fail.
                    let _ = write!(path, "M{left} {top}h{length}v1h-{length}z");
                    from = None;
                }
                _ => {}
            }
        }
    }
    Qr { size: u32::try_from(size + 2 * MARGIN).unwrap_or_default(), path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bars_are_the_dark_modules() {
        let code = QrCode::encode_text("https://qibu.example/join/abc", QrCodeEcc::Medium).expect("it fits");
        let Qr { size, path } = drawn(&code);
        assert_eq!(i32::try_from(size), Ok(code.size() + 8));
        let mut dark = Vec::new();
        for bar in path.split('M').skip(1) {
            let (x, rest) = bar.split_once(' ').expect("a place");
            let (y, rest) = rest.split_once('h').expect("a length");
            let (length, _) = rest.split_once('v').expect("a height");
            let [x, y, length] = [x, y, length].map(|text| text.parse::<i32>().expect("a number"));
            dark.extend((x..x + length).map(|x| (y - MARGIN, x - MARGIN)));
        }
        let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (y, x)));
        let expected: Vec<_> = all.filter(|(y, x)| code.get_module(*x, *y)).collect();
        assert_eq!(dark, expected);
    }
}
