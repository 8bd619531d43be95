//! Skeleton of the practice.

use serde::{Deserialize, Serialize};

use crate::{Ctx, Effect, Input, Practice, Records};

/// The practice.
#[derive(Debug)]
pub enum Privacy {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {}

/// What leads can set.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {}

/// What it remembers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Record {}

impl Practice for Privacy {
    const NAME: &'static str = "privacy";
    type Command = Command;
    type Settings = Settings;
    type Record = Record;

    fn react(_: &mut Records<Record>, _: &Ctx<Settings>, _: &Input<Command>) -> Vec<Effect> {
        Vec::new()
    }
}
