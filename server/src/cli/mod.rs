//! The command line: a module per verb, such as `qibu serve` or `qibu backup`.

mod admin;
mod backup;
mod check;
mod compact;
mod database;
mod demo;
mod heal;
mod log;
mod serve;
mod transfer;

use std::io::{self, Write as _};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand};
use ipnet::{AddrParseError, IpNet};

use crate::store::Damage;
use crate::web::PublicUrl;
use database::Database;

/// What went wrong, for the person at the terminal.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Qibu 齐步: a company's departments in step.
///
/// One program with everything in it: start it with `qibu serve`, open the address that it prints, and name the
/// company and its first administrator there. All options can also be given as environment variables.
#[derive(Debug, Parser)]
#[command(name = "qibu", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    log: LogOptions,
}

#[derive(Debug, Args)]
struct LogOptions {
    /// What is logged to standard error: `warn`, `info`, `debug`, or by part, such as `info,qibu::sync=debug`.
    #[arg(long, global = true, env = "QIBU_LOG", default_value = "info", value_name = "FILTER")]
    log: String,
    /// Logs one JSON object a line, for machines.
    #[arg(long, global = true, env = "QIBU_LOG_JSON", value_parser = BoolishValueParser::new())]
    log_json: bool,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Serves the company: pages, live boards, sign-in.
    ///
    /// Ends on Ctrl-C or SIGTERM: browsers are told to come back, and nothing that was accepted is lost.
    Serve(ServeOptions),
    /// Fills an empty database with a company to look around in.
    ///
    /// Eight departments, two dozen people and four projects, in Chinese and English, with dates around today.
    /// Refuses a database in which there is a company already.
    Demo(DemoOptions),
    /// Writes a backup: one new file, the same for every kind of database.
    ///
    /// May be done at any time: it holds what the database held at one moment, and no server waits for it. It has
    /// everything but the sign-ins, so that whoever steals it is signed in nowhere; it does have the password hashes
    /// and all that the company wrote, so keep it safe. What `--data` holds is not in it.
    Backup(BackupOptions),
    /// Fills an empty database from a backup.
    ///
    /// Everybody has to sign in again, and browsers take everything anew: they may have seen what came after the
    /// backup. Stop all servers of the database first. What was restored is checked before anything is kept.
    Restore(RestoreOptions),
    /// Checks that what is stored hangs together, and prints a hash of it.
    ///
    /// Replays the journal and compares; lists each thing that is not as it should be, and ends with 1 if there is one.
    /// May be done while servers run. The hash is the same for the same content, whichever kind of database has it.
    Check(DatabaseOptions),
    /// Puts right times into a journal in which a wrong clock has written.
    ///
    /// First says which rows of the journal have times that go back later or lie in the future, and what becomes of them:
    /// the time of the last row before them whose own is right. With `--yes` it does so, in what they have changed as
    /// well, so that a report is as old as it is; what people have set by hand stays. Everything is checked before anything
    /// is kept. Stop all servers of the database first, and make a backup. Browsers take everything anew afterwards.
    HealClock(HealOptions),
    /// Takes out of the journal what was changed long ago.
    ///
    /// Who did something, when and where is kept for good; what it was is not, and the activity of a task begins later.
    /// Nothing else is lost. A browser that was away for longer takes everything anew. May be done while servers run.
    /// A file gets no smaller by it, but what is free in it is used again.
    Compact(CompactOptions),
    /// Moves everything into an empty database of the same or another kind.
    ///
    /// Stop all servers first, those of both databases: with PostgreSQL nobody else can tell whether one still runs.
    /// Sign-ins are moved too, and browsers go on where they were. Both sides are checked and compared before anything
    /// is kept; the old database stays as it was, and must not be served any more.
    Move(MoveOptions),
    /// What only somebody with access to the machine may do.
    #[command(subcommand)]
    Admin(AdminVerb),
}

#[derive(Debug, Subcommand)]
enum AdminVerb {
    /// Makes an administrator, and with the first one the company.
    ///
    /// The password is read from `QIBU_PASSWORD`, or from standard input if that is not a terminal; otherwise one is
    /// drawn and printed, once. A file is served by one program at a time: stop the server first.
    Create(AdminOptions),
    /// Prints a link by which a person who has forgotten their password sets another.
    ///
    /// It is good once and for a day, and ends an earlier one. May be done while servers run.
    ResetPassword(ResetOptions),
}

#[derive(Debug, Args)]
struct DatabaseOptions {
    /// Where everything is kept: `sqlite:` and the path of a file, which is made if it is not there, for one server; or
    /// `postgres://USER:PASSWORD@HOST/DATABASE`, for as many as one likes.
    #[arg(
        long,
        env = "QIBU_DATABASE",
        hide_env_values = true,
        default_value = "sqlite:qibu.sqlite",
        value_name = "URL"
    )]
    database: Database,
}

#[derive(Debug, Args)]
struct HealOptions {
    /// Changes what was said. Without it nothing is changed.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Debug, Args)]
struct StorageOptions {
    #[command(flatten)]
    database: DatabaseOptions,
    /// The folder for files that are not in the database. Made if it is not there.
    #[arg(long, env = "QIBU_DATA", default_value = "data", value_name = "DIR")]
    data: PathBuf,
}

#[derive(Debug, Args)]
struct ServeOptions {
    /// The address and port to listen on; port 0 takes a free one.
    #[arg(long, env = "QIBU_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADDR:PORT")]
    listen: SocketAddr,
    /// The address that people open, if it is another one: `https://qibu.example.com`. Away from this machine
    /// browsers keep the sign-in only over https, so put a proxy with TLS in front.
    #[arg(long, env = "QIBU_PUBLIC_URL", value_name = "URL")]
    public_url: Option<PublicUrl>,
    /// Takes the client's address from the last entry of X-Forwarded-For, whoever sends it. Only behind a proxy that
    /// writes it: otherwise clients could claim to be anybody, and failed sign-ins are counted by address.
    #[arg(long, env = "QIBU_BEHIND_PROXY", value_parser = BoolishValueParser::new())]
    behind_proxy: bool,
    /// Proxies whose X-Forwarded-For is believed, by address or network, such as `10.0.0.0/8,2001:db8::1`. It is read
    /// from the right, past those that are trusted: so several in a row do not make everybody one client.
    #[arg(long, env = "QIBU_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',', value_parser = network)]
    trusted_proxies: Vec<IpNet>,
    /// Where Prometheus fetches `/metrics`: an address of its own, which is nobody else's business. Off by default.
    #[arg(long, env = "QIBU_METRICS", value_name = "ADDR:PORT")]
    metrics: Option<SocketAddr>,
    /// How many commands a second one person may go on sending, and ten times as many at once. Who sends more is held back.
    #[arg(long, env = "QIBU_COMMANDS_PER_SECOND", default_value = "200", value_name = "N")]
    commands_per_second: NonZeroU32,
    /// How many sockets one person may have open, a tab each. More only where many screens share one sign-in.
    #[arg(long, env = "QIBU_SOCKETS_PER_PERSON", default_value_t = 100, value_name = "N")]
    sockets_per_person: usize,
    /// Empties the journal's rows that are older than so many days, once a day: see `qibu compact`. Off by default.
    #[arg(long, env = "QIBU_KEEP_JOURNAL_DAYS", value_name = "DAYS", value_parser = clap::value_parser!(u32).range(30..))]
    keep_journal_days: Option<u32>,
    /// A file with a number of seconds by which the clock is ahead, for tests of what takes hours.
    #[arg(long, hide = true, value_name = "FILE")]
    test_clock: Option<PathBuf>,
    #[command(flatten)]
    storage: StorageOptions,
}

#[derive(Debug, Args)]
struct DemoOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// Adds a project "Benchmark" with so many cards on its board.
    #[arg(long, default_value_t = 0, value_name = "N")]
    cards: usize,
}

#[derive(Debug, Args)]
struct BackupOptions {
    /// The file to write. It must not be there yet.
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Debug, Args)]
struct RestoreOptions {
    /// A file that `qibu backup` wrote, of this version or an older one.
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    damage: DamageOptions,
}

#[derive(Debug, Args)]
struct MoveOptions {
    /// The database to read, as for `--database`.
    #[arg(long, env = "QIBU_FROM", hide_env_values = true, value_name = "URL")]
    from: Database,
    /// The empty database to fill, as for `--database`. A file is made if it is not there.
    #[arg(long, env = "QIBU_TO", hide_env_values = true, value_name = "URL")]
    to: Database,
    #[command(flatten)]
    damage: DamageOptions,
}

#[derive(Debug, Args)]
struct CompactOptions {
    /// What is younger than so many days stays as it is; 30 at the least.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(30..))]
    keep_days: u32,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Clone, Copy, Debug, Args)]
struct DamageOptions {
    /// Takes the contents as they are, whatever the check finds.
    #[arg(long)]
    even_if_damaged: bool,
}

impl From<DamageOptions> for Damage {
    fn from(options: DamageOptions) -> Self {
        if options.even_if_damaged { Self::Taken } else { Self::Refused }
    }
}

#[derive(Debug, Args)]
struct AdminOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// The administrator's name.
    #[arg(long, env = "QIBU_ADMIN_NAME")]
    name: String,
    /// The email address to sign in with.
    #[arg(long, env = "QIBU_ADMIN_EMAIL")]
    email: String,
    /// The company's name. Needed for the first administrator only.
    #[arg(long, env = "QIBU_COMPANY")]
    company: Option<String>,
    // Hidden from --help and from the process list: a password on a command line is read by everybody.
    #[arg(skip = std::env::var("QIBU_PASSWORD").ok())]
    password: Option<String>,
}

#[derive(Debug, Args)]
struct ResetOptions {
    /// The email address that the person signs in with.
    email: String,
    /// The address that people open: what the link begins with.
    #[arg(long, env = "QIBU_PUBLIC_URL", default_value = "http://127.0.0.1:3000", value_name = "URL")]
    public_url: PublicUrl,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// A network, or an address alone.
fn network(text: &str) -> Result<IpNet, AddrParseError> {
    let text = text.trim();
    text.parse().or_else(|error| text.parse::<IpAddr>().map(IpNet::from).map_err(|_| error))
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let log = match log::start(&cli.log.log, cli.log.log_json) {
        Ok(log) => log,
        Err(failure) => return failed(&format!("--log: {failure}").into()),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(failure) => return failed(&failure.into()),
    };
    let done = runtime.block_on(async {
        match cli.verb {
            Verb::Serve(options) => serve::serve(options).await,
            Verb::Demo(options) => demo::demo(options).await,
            Verb::Backup(options) => backup::backup(options).await,
            Verb::Restore(options) => backup::restore(options).await,
            Verb::Check(options) => check::check(options).await,
            Verb::HealClock(options) => heal::heal(options).await,
            Verb::Compact(options) => compact::compact(options).await,
            Verb::Move(options) => transfer::transfer(options).await,
            Verb::Admin(AdminVerb::Create(options)) => admin::create(options).await,
            Verb::Admin(AdminVerb::ResetPassword(options)) => admin::reset_password(options).await,
        }
    });
    // Hashing that is under way is not waited for: its answer has nobody to go to.
    runtime.shutdown_background();
    // Before the last word, which is not in the log.
    drop(log);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Who has read enough, as `head`, has closed the pipe.
        Err(failure) if hung_up(&failure) => ExitCode::SUCCESS,
        Err(failure) => failed(&failure),
    }
}

fn hung_up(failure: &Failure) -> bool {
    failure.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Says why; that nobody hears it changes nothing.
fn failed(failure: &Failure) -> ExitCode {
    let _ = writeln!(io::stderr(), "qibu: {failure}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn trusted_proxies_are_addresses_or_networks() {
        let read = |text: &str| Cli::try_parse_from(["qibu", "serve", "--trusted-proxies", text]).is_ok();
        assert!(read("10.0.0.0/8") && read("10.0.0.1, 2001:db8::/32") && read("::1"));
        assert!(!read("proxy.example") && !read("10.0.0.0/33"));
    }
}
