//! `qibu move`.

use std::io::{self, Write as _};

use super::{Failure, MoveOptions};

/// Takes a database's contents over into another one.
pub(super) async fn transfer(options: MoveOptions) -> Result<(), Failure> {
    let from = options.from.hold().await?;
    let to = options.to.open().await?;
    let moved = to.store.take_over(&from.store, options.damage.into()).await?;
    from.store.close().await;
    to.store.close().await;
    let (rows, seconds) = (moved.contents.rows(), moved.copying.as_secs_f64());
    // Nobody counts so many rows that this loses one.
    #[allow(clippy::cast_precision_loss)]
    let speed = rows as f64 / seconds.max(f64::EPSILON);
    writeln!(io::stdout(), "moved {rows} rows in {seconds:.1} s, {speed:.0} a second, and checked both sides")?;
    writeln!(io::stdout(), "content {}", moved.contents.hash())?;
    Ok(())
}
