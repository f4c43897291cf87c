//! A contender of `./build bench`: kube-rs as a program would use it.
//!
//! Orders come on standard input, a line each; each is answered by JSON lines of measures and one
//! that says that it is done. It ends when its orders do.

mod reflected;
mod tell;

use std::io::BufRead;

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let kubeconfig = std::env::args().nth(1).ok_or("give a kubeconfig file")?;
    let mut pods = reflected::Reflected::new(kubeconfig)?;
    for order in std::io::stdin().lock().lines() {
        let order = order?;
        let words: Vec<&str> = order.split(' ').collect();
        match words[..] {
            ["sync"] => tell::once("first sync", || pods.fill())?,
            ["again"] => {
                pods.let_go();
                tell::once("second cache", || pods.fill())?
            }
            ["digest"] => tell::line(&serde_json::json!({"digest": pods.digest()})),
            ["list", percent, label] => pods.list(percent, label)?,
            ["get"] => pods.get()?,
            ["direct", label] => pods.direct(label)?,
            ["crowd", label] => pods.crowd(label)?,
            ["follow"] => pods.follow(),
            ["seen"] => tell::line(&serde_json::json!({"seen": pods.seen()})),
            ["memory", _] => pods.memory(),
            _ => return Err(format!("unknown order: {order}").into()),
        }
        tell::line(&serde_json::json!({"done": order}));
    }
    Ok(())
}
