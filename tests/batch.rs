//! A batch that loses nothing: order, resume, interruption, duplicates, shards. The bytes are always those of one quiet run.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::{Ended, Place, letter};

/// A batch of transcriptions, scans of the test format, duplicates and failures.
fn batch(place: &Place, count: usize, page: &str) {
    for number in 0..count {
        let name = format!("in/{:02}/{number:04}", number % 7);
        match number % 5 {
            0 => place.write(&format!("{name}.txt"), letter(number)),
            1 => place.write(&format!("{name}.faults"), format!("{page} {number}\n{page} {number}b|เรื่อง ก\n")),
            2 => place.write(&format!("{name}.txt"), letter(number % 10)),
            3 if number % 3 == 0 => place.write(&format!("{name}.faults"), format!("{page} {number}\nerror\n")),
            _ => place.write(&format!("{name}.faults"), format!("{page} {number}\n")),
        }
    }
}

/// Records and failures of a run, and a check that every input is there once.
fn results(place: &Place, out: &str) -> (String, String) {
    let run = place.run_json(out);
    assert_eq!(run["state"], "finished");
    let journal = place.read(&format!("{out}/journal.ndjson"));
    assert_eq!(run["inputs"].as_u64().unwrap() as usize, journal.lines().count() - 1);
    (place.read(&format!("{out}/records.ndjson")), place.read(&format!("{out}/failures.ndjson")))
}

#[test]
fn the_bytes_do_not_depend_on_the_jobs() {
    let place = Place::new();
    batch(&place, 60, "ok");
    place.saraban("extract in --faults --out one --jobs 1").with(1);
    place.saraban("extract in --faults --out three --jobs 3").with(1);
    place.saraban("extract in --faults --out here --jobs 2 --isolation none").with(1);
    assert_eq!(results(&place, "one"), results(&place, "three"));
    assert_eq!(results(&place, "one"), results(&place, "here"));
    let stream = place.saraban("extract in --faults").with(1);
    assert_eq!(stream.out, results(&place, "one").0);
}

#[test]
fn going_on_reads_only_what_changed() {
    let place = Place::new();
    batch(&place, 20, "ok");
    let run = |status| {
        place.saraban("extract in --faults --out out --jobs 2").with(status);
        let run = place.run_json("out");
        (run["inputs_now"].as_u64().unwrap(), run["pages_now"].as_u64().unwrap())
    };
    assert_eq!(run(1).0, 20);
    let quiet = results(&place, "out");
    assert_eq!(run(1), (0, 0));
    assert_eq!(results(&place, "out"), quiet);

    place.write("in/03/0003b.txt", letter(99));
    place.write("in/05/0005.txt", letter(98));
    run(1);
    let changed = results(&place, "out");
    assert!(!place.path("out/previous-1").exists());
    place.saraban("extract in --faults --out fresh").with(1);
    assert_eq!(changed, results(&place, "fresh"));
    let read: usize = changed.0.lines().filter(|line| !quiet.0.contains(line)).count();
    assert_eq!(read, 2);

    place.saraban("extract in --faults --out out --max-pages 99").with(1);
    assert_eq!(place.run_json("out")["inputs_now"], 21);
    assert_eq!(results(&place, "out"), changed);
}

#[test]
fn new_rules_make_new_records_of_pages_that_were_read_before() {
    let place = Place::new();
    place.write("in/1.faults", "needs 1\nok 2|เรื่อง ก\n");
    place.write("in/.1.mark", "");
    place.write("in/2.txt", letter(2));
    place.saraban("extract in --faults --out out").with(0);
    let quiet = results(&place, "out");
    // The journal of a version with other rules, which differs in the second half of the fingerprint.
    let mut entries = place.lines("out/journal.ndjson");
    for entry in &mut entries[1..] {
        let reading = entry["fingerprint"].as_str().unwrap().split('-').next().unwrap().to_owned();
        entry["fingerprint"] = format!("{reading}-00000000").into();
    }
    place.write("out/journal.ndjson", entries.iter().map(|entry| format!("{entry}\n")).collect::<String>());
    // Whoever reads page 1 now, fails.
    fs::remove_file(place.path("in/.1.mark")).unwrap();
    place.saraban("extract in --faults --out out").with(0);
    assert_eq!(place.run_json("out")["inputs_now"], 2);
    assert_eq!(results(&place, "out"), quiet);
}

#[test]
fn results_of_files_that_are_gone_are_kept_aside() {
    let place = Place::new();
    batch(&place, 10, "ok");
    place.saraban("extract in --faults --out out").with(1);
    fs::remove_file(place.path("in/05/0005.txt")).unwrap();
    let told = place.saraban("extract in --faults --out out").with(1).err;
    assert!(told.contains("out/previous-1: keeps the results of 1 files that are not among the inputs any more"), "{told}");
    assert!(place.read("out/previous-1/records.ndjson").contains("0005.txt"));
    assert!(!results(&place, "out").0.contains("0005.txt"));
}

#[test]
fn failures_are_tried_again_when_asked() {
    let place = Place::new();
    batch(&place, 10, "ok");
    place.write("in/04/x.faults", "needs 1\nok 2\n");
    place.saraban("extract in --faults --out out").with(1);
    let page = |pages: &[serde_json::Value]| pages.iter().filter(|page| page["source"]["path"] == "04/x.faults").count();
    assert_eq!(page(&place.lines("out/pages.ndjson")), 1);
    place.write("in/04/.x.mark", "");
    place.saraban("extract in --faults --out out").with(1);
    assert_eq!(page(&place.lines("out/pages.ndjson")), 1);
    place.saraban("extract in --faults --out out --retry-failed").with(1);
    assert_eq!(page(&place.lines("out/pages.ndjson")), 2);
    let codes: Vec<_> = place.lines("out/failures.ndjson").iter().map(|line| line["path"].clone()).collect();
    assert_eq!(codes, ["03/0003.faults"]);
    place.saraban("extract in --faults --out fresh").with(1);
    assert_eq!(results(&place, "out"), results(&place, "fresh"));
}

#[test]
fn the_same_content_is_read_once_and_recorded_under_each_name() {
    let place = Place::new();
    place.write("in/a.faults", "once 1|เรื่อง ก\nerror\n");
    place.write("in/b.faults", "once 1|เรื่อง ก\nerror\n");
    place.saraban("extract in --faults --out out --jobs 1").with(1);
    let records = place.lines("out/records.ndjson");
    assert_eq!(records.iter().map(|record| record["source"]["path"].as_str().unwrap()).collect::<Vec<_>>(), ["a.faults", "b.faults"]);
    assert_eq!(records[0]["id"], records[1]["id"]);
    let failures = place.lines("out/failures.ndjson");
    assert_eq!(failures.iter().map(|line| line["path"].as_str().unwrap()).collect::<Vec<_>>(), ["a.faults", "b.faults"]);
    assert!(place.path("in/.a.mark").exists() && !place.path("in/.b.mark").exists());
}

#[test]
fn a_file_that_two_arguments_name_is_recorded_once() {
    let place = Place::new();
    place.write("in/1.txt", letter(1));
    place.write("in/2.txt", letter(2));
    place.write("in/notes.csv", "a,b\n");
    place.saraban("extract in in/2.txt in/notes.csv --out out").with(1);
    let run = place.run_json("out");
    assert_eq!((&run["inputs"], &run["expected"], &run["recorded"], &run["failed"]), (&3.into(), &3.into(), &2.into(), &1.into()));
    assert_eq!(place.lines("out/failures.ndjson")[0]["code"], "file.unsupported");
}

#[test]
fn a_signal_finishes_the_pages_in_hand_and_the_run_goes_on_later() {
    let place = Place::new();
    batch(&place, 60, "slow");
    place.saraban("extract in --faults --out quiet --jobs 4").with(1);
    for signal in ["INT", "TERM"] {
        let before = entries(&place, "out");
        let child = start(&place, "extract in --faults --out out --jobs 2");
        wait_for_entries(&place, "out", before + 2);
        send(signal, child.id());
        let ended = Ended::of(child.wait_with_output().unwrap()).with(130);
        assert!(ended.err.contains("out: interrupted; hint: the same command goes on"), "{}", ended.err);
        assert_eq!(place.run_json("out")["state"], "interrupted");
    }
    place.saraban("extract in --faults --out out --jobs 2").with(1);
    assert_eq!(results(&place, "out"), results(&place, "quiet"));
}

#[test]
fn a_second_signal_stops_at_once() {
    let place = Place::new();
    place.write("in/1.faults", "ok 1\n");
    place.write("in/2.faults", "sleep\n");
    let child = start(&place, "extract in --faults --out out --jobs 1");
    wait_for_entries(&place, "out", 1);
    send("INT", child.id());
    std::thread::sleep(Duration::from_millis(300));
    let asked = Instant::now();
    send("INT", child.id());
    Ended::of(child.wait_with_output().unwrap()).with(130);
    assert!(asked.elapsed() < Duration::from_secs(5));
    assert_eq!(place.lines("out/records.ndjson").len(), 1);
}

#[test]
fn a_full_disk_tears_nothing_and_the_run_goes_on_after_space_is_made() {
    let place = Place::new();
    batch(&place, 60, "ok");
    place.saraban("extract in --faults --out quiet").with(1);
    let size = fs::metadata(place.path("quiet/records.ndjson")).unwrap().len();
    // A file that may not grow is what a full disk looks like to the program; blocks are of 512 or 1024 bytes.
    let limited = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" extract in --faults --out out --jobs 2", size / 2048);
    let output = Command::new("sh").arg("-c").arg(limited).arg(crate::program::program()).current_dir(place.path("")).output().unwrap();
    let ended = Ended::of(output).with(1);
    assert!(ended.err.contains("out: cannot write the results: "), "{}", ended.err);
    assert!(ended.err.contains("hint: make space and run the same command again: what is done is kept"), "{}", ended.err);
    assert!(place.read("out/records.ndjson").ends_with('\n'));
    place.saraban("extract in --faults --out out").with(1);
    assert_eq!(results(&place, "out"), results(&place, "quiet"));
}

#[test]
fn shards_join_into_what_one_machine_would_have_written() {
    let place = Place::new();
    batch(&place, 40, "ok");
    place.write("in/notes.csv", "a,b\n");
    place.saraban("extract in --faults --out whole").with(1);
    let mut recorded = 0;
    for shard in 1..=3 {
        place.saraban(&format!("extract in --faults --out s{shard} --shard {shard}/3"));
        recorded += place.run_json(&format!("s{shard}"))["recorded"].as_u64().unwrap();
    }
    assert_eq!(place.run_json("whole")["recorded"], recorded);
    let told = place.saraban("merge s1 s3 --out joined").with(2).err;
    assert_eq!(told, "s1: shard 2/3 is missing; hint: give the folders of all shards\n");
    let told = place.saraban("merge s1 s2 s2 s3 --out joined").with(2).err;
    assert_eq!(told, "s2: is shard 2/3, as is s2; hint: give each shard once\n");
    place.saraban("merge s3 s1 s2 --out joined").with(1);
    assert_eq!(results(&place, "joined"), results(&place, "whole"));
    place.saraban("extract in --faults --out joined").with(1);
    assert_eq!(place.run_json("joined")["inputs_now"], 0);
}

#[test]
fn status_tells_how_far_a_run_is() {
    let place = Place::new();
    batch(&place, 150, "slow");
    let mut child = start(&place, "extract in --faults --out out --jobs 2");
    wait_for_entries(&place, "out", 3);
    let status = |place: &Place| -> serde_json::Value { serde_json::from_str(&place.saraban("status out --json").with(0).out).unwrap() };
    let running = status(&place);
    assert_eq!(running["state"], "running");
    assert!(running["recorded"].as_u64().unwrap() >= 3);
    let told = place.saraban("extract in --faults --out out").with(2).err;
    assert_eq!(told, "out: another run writes here; hint: wait for it; saraban status tells how far it is\n");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(status(&place)["state"], "stopped");
    place.saraban("extract in --faults --out out --jobs 4").with(1);
    let finished = status(&place);
    assert_eq!((&finished["state"], &finished["remaining"], &finished["inputs"]), (&"finished".into(), &0.into(), &150.into()));
    assert_eq!(finished["causes"]["ingest/page.damaged"], 10);
    // Another who asks how far it is, at the same time.
    let asking = fs::File::open(place.path("out/journal.ndjson")).unwrap();
    asking.lock_shared().unwrap();
    assert_eq!(status(&place)["state"], "finished");
    asking.unlock().unwrap();
    let words = place.saraban("status out").with(0).out;
    assert!(words.starts_with("state      finished\ndone       150 of 150 files\n"), "{words}");
    assert_eq!(place.saraban("status in").with(2).err.lines().count(), 1);
}

/// Kills parent, child, or both at random moments and goes on each time. `SARABAN_KILLS` sets how often.
#[test]
fn a_batch_survives_being_killed_again_and_again() {
    let place = Place::new();
    batch(&place, 300, "slow");
    place.saraban("extract in --faults --out quiet --jobs 8").with(1);
    let kills = std::env::var("SARABAN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(25);
    let mut chance = Chance(0x5eed_1234_abcd_ef01);
    let mut done = 0;
    for round in 0..kills {
        let mut child = start(&place, "extract in --faults --out out --jobs 2");
        std::thread::sleep(Duration::from_millis(chance.below(500)));
        let workers = workers(child.id());
        if round % 3 > 0 && !workers.is_empty() {
            send("KILL", workers[chance.below(workers.len() as u64) as usize]);
        }
        if round % 3 == 1 {
            std::thread::sleep(Duration::from_millis(chance.below(300)));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let entries = entries(&place, "out");
        assert!(entries >= done, "round {round}: {entries} entries after {done}");
        done = entries;
    }
    place.saraban("extract in --faults --out out --jobs 8").with(1);
    let (records, failures) = results(&place, "out");
    let (quiet_records, quiet_failures) = results(&place, "quiet");
    assert!(records == quiet_records, "records differ: {}", difference(&records, &quiet_records));
    // A page whose worker was killed under it counts that attempt.
    assert_eq!(failures.replace("\"attempts\":2", "\"attempts\":1"), quiet_failures);
}

/// The first line that differs.
fn difference(one: &str, other: &str) -> String {
    let pair = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    pair.map_or_else(|| format!("{} and {} lines", one.lines().count(), other.lines().count()), |(one, other)| format!("{one}\n{other}"))
}

fn start(place: &Place, arguments: &str) -> Child {
    place.command(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn send(signal: &str, process: u32) {
    // The process may be gone by now.
    let _ = Command::new("sh").arg("-c").arg(format!("kill -{signal} {process} 2> /dev/null")).status().unwrap();
}

/// The parent's children, as Linux lists them.
fn workers(process: u32) -> Vec<u32> {
    let tasks = fs::read_dir(Path::new("/proc").join(process.to_string()).join("task")).into_iter().flatten().flatten();
    tasks
        .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
        .flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<u32>>())
        .collect()
}

/// Whole lines of the journal but the first.
fn entries(place: &Place, out: &str) -> usize {
    let journal = fs::read_to_string(place.path(&format!("{out}/journal.ndjson"))).unwrap_or_default();
    journal.matches('\n').count().saturating_sub(1)
}

#[track_caller]
fn wait_for_entries(place: &Place, out: &str, count: usize) {
    let started = Instant::now();
    while entries(place, out) < count {
        assert!(started.elapsed() < Duration::from_secs(30), "{count} inputs are not done in time");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// xorshift64: moments that are random and the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
