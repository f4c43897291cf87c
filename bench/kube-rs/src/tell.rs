//! Measures, told as JSON lines.

use crate::Failure;
use std::io::Write;
use std::time::{Duration, Instant};

const WARM_UP: Duration = Duration::from_millis(500);
const MEASURE: Duration = Duration::from_millis(500);

pub fn line(json: &serde_json::Value) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{json}")
        .and_then(|()| out.flush())
        .expect("somebody reads what is told");
}

pub fn measured(measure: &str, value: f64, unit: &str) {
    line(&serde_json::json!({"measure": measure, "value": value, "unit": unit}));
}

/// Measures one call, in milliseconds.
pub fn once(measure: &str, call: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let start = Instant::now();
    call()?;
    measured(measure, millis(start.elapsed()), "ms");
    Ok(())
}

/// Measures a call again and again for half a second, at least once, after a warm-up of as long:
/// the median, in milliseconds. What the calls return is a number made of all that was asked for,
/// so that no work can be left out.
pub fn often(
    measure: &str,
    mut call: impl FnMut() -> Result<usize, Failure>,
) -> Result<(), Failure> {
    let begin = Instant::now();
    while begin.elapsed() < WARM_UP {
        std::hint::black_box(call()?);
    }
    let mut all = Vec::new();
    let begin = Instant::now();
    while all.is_empty() || begin.elapsed() < MEASURE {
        let start = Instant::now();
        std::hint::black_box(call()?);
        all.push(start.elapsed());
    }
    all.sort();
    measured(measure, millis(all[all.len() / 2]), "ms");
    Ok(())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
