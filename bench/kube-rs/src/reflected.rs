//! A reflector of all Pods, without their managedFields.

use crate::{Failure, tell};
use futures::StreamExt;
use k8s_openapi::api::core::v1::Pod;
use kube::api::{Api, ListParams};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::core::{Expression, Selector};
use kube::runtime::reflector::{self, ObjectRef, Store};
use kube::runtime::{WatchStreamExt, watcher};
use kube::{Client, Config, ResourceExt};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

const SYNCED_WITHIN: Duration = Duration::from_secs(300);
const GETS: usize = 1000;

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
            let feed = watcher(pods, watcher::Config::default().streaming_lists())
                .modify(|pod| pod.managed_fields_mut().clear())
                .default_backoff()
                .reflect(writer)
                .for_each(|_| futures::future::ready(()));
            let feed = tokio::spawn(feed);
            tokio::time::timeout(SYNCED_WITHIN, store.wait_until_ready()).await??;
            Ok::<_, Failure>(Filled { store, feed })
        })?);
        Ok(())
    }

    pub fn let_go(&mut self) {
        if let Some(Filled { store, feed }) = self.filled.take() {
            drop(store);
            feed.abort();
            // Until it has ended it holds what it writes into.
            let _cancelled = self.runtime.block_on(feed);
        }
    }

    fn store(&self) -> &Store<Pod> {
        &self
            .filled
            .as_ref()
            .expect("a cache was asked for before")
            .store
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

    /// What malloc counts less when the cache is gone.
    pub fn memory(&mut self) {
        let objects = self.store().len();
        let with = allocated();
        self.let_go();
        let without = allocated();
        tell::measured("heap per object", (with - without) / objects as f64, "B");
        tell::measured("heap left", without, "B");
    }
}

fn allocated() -> f64 {
    // SAFETY: it reads the allocator's own counters and takes its locks itself.
    let counted = unsafe { libc::mallinfo2() };
    (counted.uordblks + counted.hblkhd) as f64
}
