//! The program `qibu`.

use std::process::ExitCode;

fn main() -> ExitCode {
    qibu::cli::main()
}
