//! A reflector of all Pods, without their managedFields.

use crate::{Failure, tell};
use futures::StreamExt;
use k8s_openapi::api::core::v1::Pod;
use kube::api::{Api, ListParams};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::core::{Expression, Selector};
use kube::runtime::reflector::{self, ObjectRef, Store};
use kube::runtime::watcher::Event;
use kube::runtime::{WatchStreamExt, watcher};
use kube::{Client, Config, ResourceExt};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::runtime::Runtime;
use tokio::task::{JoinHandle, JoinSet};

const SYNCED_WITHIN: Duration = Duration::from_secs(300);
const GETS: usize = 1000;

const CROWD: usize = 64;
const CROWD_WARM_UP: Duration = Duration::from_secs(2);
const CROWD_MEASURE: Duration = Duration::from_secs(4);

/// Ways to see a Pod, by name.
const SHAPES: [(&str, fn(&Arc<Pod>) -> usize); 4] = [
    ("keys", |pod| {
        length(&pod.metadata.namespace) + length(&pod.metadata.name)
    }),
    ("field", |pod| {
        pod.status
            .as_ref()
            .map_or(0, |status| length(&status.pod_ip))
    }),
    ("objects", |pod| containers(pod)),
    ("copies", |pod| containers(&Pod::clone(pod))),
];

pub struct Reflected {
    kubeconfig: String,
    runtime: Runtime,
    filled: Option<Filled>,
}

struct Filled {
    store: Store<Pod>,
    feed: JoinHandle<()>,
    noted: Arc<Noted>,
}

/// When each version was seen, in microseconds of the wall clock, as soon as that is wanted.
#[derive(Default)]
struct Noted {
    wanted: AtomicBool,
    seen: Mutex<HashMap<String, u64>>,
}

impl Noted {
    fn note(&self, event: &Event<Pod>) {
        if !self.wanted.load(Ordering::Relaxed) {
            return;
        }
        if let Event::Apply(pod) = event
            && let Some(version) = pod.resource_version()
        {
            let micros = SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| since.as_micros() as u64);
            let mut seen = self.seen.lock().expect("nobody panics in here");
            seen.entry(version).or_insert(micros);
        }
    }
}

fn length(text: &Option<String>) -> usize {
    text.as_ref().map_or(0, String::len)
}

fn containers(pod: &Pod) -> usize {
    pod.spec.as_ref().map_or(0, |spec| spec.containers.len())
}

impl Reflected {
    pub fn new(kubeconfig: String) -> Result<Self, Failure> {
        Ok(Self {
            kubeconfig,
            runtime: Runtime::new()?,
            filled: None,
        })
    }

    async fn pods(kubeconfig: &str) -> Result<Api<Pod>, Failure> {
        let file = Kubeconfig::read_from(kubeconfig)?;
        let config = Config::from_custom_kubeconfig(file, &KubeConfigOptions::default()).await?;
        Ok(Api::all(Client::try_from(config)?))
    }

    pub fn fill(&mut self) -> Result<(), Failure> {
        let kubeconfig = self.kubeconfig.clone();
        self.filled = Some(self.runtime.block_on(async move {
            let pods = Self::pods(&kubeconfig).await?;
            let (store, writer) = reflector::store();
            let noted = Arc::new(Noted::default());
            let note = noted.clone();
            let feed = watcher(pods, watcher::Config::default().streaming_lists())
                .modify(|pod| pod.managed_fields_mut().clear())
                .default_backoff()
                .reflect(writer)
                .for_each(move |event| {
                    if let Ok(event) = event {
                        note.note(&event);
                    }
                    futures::future::ready(())
                });
            let feed = tokio::spawn(feed);
            tokio::time::timeout(SYNCED_WITHIN, store.wait_until_ready()).await??;
            Ok::<_, Failure>(Filled { store, feed, noted })
        })?);
        Ok(())
    }

    pub fn let_go(&mut self) {
        if let Some(Filled { store, feed, .. }) = self.filled.take() {
            drop(store);
            feed.abort();
            // Until it has ended it holds what it writes into.
            let _cancelled = self.runtime.block_on(feed);
        }
    }

    fn filled(&self) -> &Filled {
        self.filled.as_ref().expect("a cache was asked for before")
    }

    fn store(&self) -> &Store<Pod> {
        &self.filled().store
    }

    pub fn follow(&self) {
        self.filled().noted.wanted.store(true, Ordering::Relaxed);
    }

    pub fn seen(&self) -> HashMap<String, u64> {
        let seen = self.filled().noted.seen.lock();
        seen.expect("nobody panics in here").clone()
    }

    pub fn digest(&self) -> String {
        let mut lines: Vec<String> = self
            .store()
            .state()
            .iter()
            .map(|pod| {
                format!(
                    "{}/{}@{}\n",
                    pod.namespace().unwrap_or_default(),
                    pod.name_any(),
                    pod.resource_version().unwrap_or_default()
                )
            })
            .collect();
        lines.sort();
        let sum = Sha256::digest(lines.concat());
        format!("{}:{:x}", lines.len(), sum)
    }

    pub fn list(&self, percent: &str, label: &str) -> Result<(), Failure> {
        let selector: Selector = Expression::Equal(label.into(), "yes".into()).into();
        for (name, see) in SHAPES {
            tell::often(&format!("list {percent} % {name}"), || {
                Ok(self
                    .store()
                    .state_filter_selector(&selector)
                    .iter()
                    .map(see)
                    .sum())
            })?;
        }
        Ok(())
    }

    pub fn get(&self) -> Result<(), Failure> {
        let keys: Vec<(String, String)> = self
            .store()
            .state()
            .iter()
            .take(GETS)
            .map(|pod| (pod.namespace().unwrap_or_default(), pod.name_any()))
            .collect();
        let some: Vec<Arc<Pod>> = self.store().state().into_iter().take(GETS).collect();
        tell::often(&format!("{GETS} objects copied"), || {
            Ok(some.iter().map(|pod| containers(&Pod::clone(pod))).sum())
        })?;
        let shapes: [(&str, fn(&Pod) -> usize); 2] = [
            ("versions", |pod| length(&pod.metadata.resource_version)),
            ("objects", containers),
        ];
        for (name, see) in shapes {
            tell::often(&format!("get {GETS} {name}"), || {
                Ok(keys
                    .iter()
                    .filter_map(|(namespace, name)| {
                        self.store().get(&ObjectRef::new(name).within(namespace))
                    })
                    .map(|pod| see(&pod))
                    .sum())
            })?;
        }
        Ok(())
    }

    pub fn direct(&self, label: &str) -> Result<(), Failure> {
        let pods = self.runtime.block_on(Self::pods(&self.kubeconfig))?;
        let some = ListParams::default().labels(&format!("{label}=yes"));
        tell::often("direct list whole", || {
            Ok(self.runtime.block_on(pods.list(&some))?.items.len())
        })?;
        tell::often("direct list metadata", || {
            Ok(self
                .runtime
                .block_on(pods.list_metadata(&some))?
                .items
                .len())
        })
    }

    /// Lets many readers at once list from the server again and again.
    pub fn crowd(&self, label: &str) -> Result<(), Failure> {
        let some = ListParams::default().labels(&format!("{label}=yes"));
        let ended = Arc::new(AtomicUsize::new(0));
        let rate = self.runtime.block_on(async {
            let pods = Self::pods(&self.kubeconfig).await?;
            let begin = Instant::now();
            let mut crowd = JoinSet::new();
            for _ in 0..CROWD {
                let (pods, some, ended) = (pods.clone(), some.clone(), ended.clone());
                crowd.spawn(async move {
                    while begin.elapsed() < CROWD_WARM_UP + CROWD_MEASURE {
                        let listed = pods.list(&some).await?;
                        let keys = listed.items.iter().map(|pod| {
                            length(&pod.metadata.namespace) + length(&pod.metadata.name)
                        });
                        std::hint::black_box(keys.sum::<usize>());
                        ended.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok::<_, Failure>(())
                });
            }
            tokio::time::sleep(CROWD_WARM_UP).await;
            let (before, start) = (ended.load(Ordering::Relaxed), Instant::now());
            tokio::time::sleep(CROWD_MEASURE).await;
            let done = ended.load(Ordering::Relaxed) - before;
            let rate = done as f64 / start.elapsed().as_secs_f64();
            while let Some(one) = crowd.join_next().await {
                one??;
            }
            Ok::<_, Failure>(rate)
        })?;
        tell::measured(&format!("{CROWD} readers direct"), rate, "/s");
        Ok(())
    }

    /// What malloc counts less when the cache is gone.
    pub fn memory(&mut self) {
        let objects = self.store().len();
        let with = allocated();
        self.let_go();
        let without = allocated();
        tell::measured("heap per object", (with - without) / objects as f64, "B");
        tell::measured("memory left", without, "B");
    }
}

fn allocated() -> f64 {
    // SAFETY: it reads the allocator's own counters and takes its locks itself.
    let counted = unsafe { libc::mallinfo2() };
    (counted.uordblks + counted.hblkhd) as f64
}
