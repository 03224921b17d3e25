//! Writes the JSON Schemas of every document, and the rules that a schema cannot state, to a folder of yours.
//!
//! ```sh
//! cargo run --example export_schemas                                  # what there is
//! cargo run --example export_schemas -- schemas                       # draft 2020-12
//! cargo run --example export_schemas -- --draft 07 schemas            # for editors and older validators
//! ```

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use service_excellence::schema::{Draft, RuleEntry, SchemaDocument, bundle, documents, rules};

fn main() -> Result<(), Box<dyn Error>> {
    let (mut draft, mut folder) = (Draft::default(), None);
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--draft" => draft = draft_called(&arguments.next().unwrap_or_default())?,
            option if option.starts_with("--") => return Err(format!("`{option}`: allowed is `--draft 07`").into()),
            _ => folder = Some(argument),
        }
    }
    let schemas: Vec<SchemaDocument> = documents().into_iter().chain([bundle()]).collect();
    match folder {
        Some(folder) => write(folder.as_ref(), &schemas, draft),
        None => list(&schemas, draft),
    }
}

fn draft_called(name: &str) -> Result<Draft, String> {
    let known = Draft::ALL.into_iter().find(|draft| draft.as_str() == name);
    known.ok_or(format!("`{name}` is no draft: allowed are `2020-12` and `07`"))
}

fn write(folder: &Path, schemas: &[SchemaDocument], draft: Draft) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    for one in schemas {
        let text = serde_json::to_string_pretty(&one.schema_in(draft))?;
        fs::write(folder.join(format!("{}.schema.json", one.name())), text + "\n")?;
    }
    let (joint_rules, rules): (Vec<_>, Vec<_>) = rules().into_iter().partition(RuleEntry::is_joint);
    let rules = serde_json::json!({ "rules": rules, "joint_rules": joint_rules });
    fs::write(folder.join("rules.json"), serde_json::to_string_pretty(&rules)? + "\n")?;
    println!("{} schemas of draft {} and rules.json are in {}", schemas.len(), draft.as_str(), folder.display());
    Ok(())
}

fn list(schemas: &[SchemaDocument], draft: Draft) -> Result<(), Box<dyn Error>> {
    println!("{:<38}{:<20}{:>8}", "file", "type", "bytes");
    for one in schemas {
        let bytes = serde_json::to_string_pretty(&one.schema_in(draft))?.len() + 1;
        println!("{:<38}{:<20}{bytes:>8}", format!("{}.schema.json", one.name()), one.title());
    }
    println!("rules.json: {} rules that a schema cannot state", rules().len());
    println!("\nGive a folder to write them there: export_schemas [--draft 2020-12|07] FOLDER");
    Ok(())
}
