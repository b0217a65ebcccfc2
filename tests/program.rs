//! The program as its users run it, in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A folder with inputs in `in/` and room for results beside.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn new() -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        fs::create_dir(place.path("in")).unwrap();
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
    }

    pub fn lines(&self, name: &str) -> Vec<Value> {
        self.read(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub fn run_json(&self, out: &str) -> Value {
        serde_json::from_str(&self.read(&format!("{out}/run.json"))).unwrap()
    }

    /// `saraban ARGUMENTS`, split at spaces, in this folder.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(program());
        command.current_dir(self.0.path()).args(arguments.split_whitespace());
        command
    }

    pub fn saraban(&self, arguments: &str) -> Ended {
        Ended::of(self.command(arguments).output().unwrap())
    }
}

pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_saraban"))
}

/// What the program left behind.
#[derive(Debug)]
pub struct Ended {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ended {
    pub fn of(output: Output) -> Ended {
        Ended {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The same, where the exit status is the one expected.
    #[track_caller]
    pub fn with(self, status: i32) -> Ended {
        assert_eq!(self.status, Some(status), "\n{}", self.err);
        self
    }
}

/// An invented letter, different for every number.
pub fn letter(number: usize) -> String {
    format!(
        "ที่ ทส ๐๙๙๙/{number}\nสำนักงานตัวอย่าง\n๑ ตุลาคม ๒๕๖๗\nเรื่อง ทดสอบฉบับที่ {number}\nเรียน ผู้อำนวยการสำนักตัวอย่าง\nด้วยสำนักงานตัวอย่างทดสอบ {number}\nขอแสดงความนับถือ\n"
    )
}
