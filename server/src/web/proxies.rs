//! Who asks, where proxies stand between.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

use super::Settings;

/// What each proxy writes down of who asked it, the first one at the left.
const NAMED: &str = "x-forwarded-for";

/// The address of who asks: from the connection on back, past proxies that are trusted, to the first that is not.
/// What stands before that was written by whoever has it, who may write anything.
pub(super) fn client(settings: &Settings, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let is_trusted = |address: IpAddr| settings.trusted_proxies.iter().any(|network| network.contains(&address));
    let mut client = peer.to_canonical();
    if !settings.behind_proxy && !is_trusted(client) {
        return client;
    }
    let lines = headers.get_all(NAMED).iter().rev();
    // By bytes: a stranger may have begun a line with what is no text, and a proxy has gone on with it.
    for named in lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b',')) {
        // One that cannot be read hides what stands before it.
        let Some(address) = str::from_utf8(named).ok().and_then(|named| address(named.trim())) else { break };
        client = address;
        if !is_trusted(client) {
            break;
        }
    }
    client
}

/// An address, also with a port, as some proxies write it.
fn address(text: &str) -> Option<IpAddr> {
    let alone = text.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let with_port = || text.parse::<SocketAddr>().map(|address| address.ip());
    alone.or_else(|_| with_port()).ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use axum::http::HeaderValue;

    use super::*;

    fn found(behind_proxy: bool, trusted: &[&str], peer: &str, named: &[&str]) -> String {
        let settings = Settings {
            listen: "127.0.0.1:0".parse().expect("an address"),
            public_url: None,
            behind_proxy,
            trusted_proxies: trusted.iter().map(|network| network.parse().expect("a network")).collect(),
            commands_per_second: NonZeroU32::MIN,
            sockets_per_person: 1,
            connections: 1,
            data: std::path::PathBuf::new(),
            keep_journal_days: None,
        };
        let mut headers = HeaderMap::new();
        for line in named {
            headers.append(NAMED, HeaderValue::from_bytes(line.as_bytes()).expect("a header"));
        }
        client(&settings, peer.parse().expect("an address"), &headers).to_string()
    }

    #[test]
    fn it_is_walked_back_past_what_is_trusted() {
        let (one, other) = ("10.0.0.0/8", "2001:db8::/32");
        let named = ["203.0.113.9, 198.51.100.4", "2001:db8::7, 10.1.1.1"];
        assert_eq!(
            found(false, &[one, other], "10.0.0.1", &named),
            "198.51.100.4",
            "what stands before is the client's"
        );
        assert_eq!(found(false, &[one], "10.0.0.1", &named), "2001:db8::7");
        assert_eq!(found(false, &[one], "192.0.2.1", &named), "192.0.2.1", "a stranger is not believed");
        assert_eq!(found(true, &[], "192.0.2.1", &named), "10.1.1.1", "whoever is there, and nobody behind");
        assert_eq!(found(true, &[one], "192.0.2.1", &named), "2001:db8::7");
        assert_eq!(found(false, &[], "::ffff:192.0.2.1", &[]), "192.0.2.1");
        assert_eq!(
            found(true, &[], "192.0.2.1", &["é, 198.51.100.4"]),
            "198.51.100.4",
            "what is no address hides none"
        );
    }

    #[test]
    fn addresses_are_read_as_proxies_write_them() {
        let of = |named| found(false, &["10.0.0.0/8"], "10.0.0.1", &[named]);
        assert_eq!(of("198.51.100.4:4711"), "198.51.100.4");
        assert_eq!(of("[2001:db8::7]:4711"), "2001:db8::7");
        assert_eq!(of("[2001:db8::7]"), "2001:db8::7");
        assert_eq!(of("::ffff:198.51.100.4"), "198.51.100.4");
        assert_eq!(of("198.51.100.4, unknown"), "10.0.0.1", "and nothing beyond what cannot be read");
        assert_eq!(of("10.3.0.1, 10.2.0.1"), "10.3.0.1", "from within");
    }
}
