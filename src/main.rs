//! The program: everything happens in the library.

fn main() -> std::process::ExitCode {
    saraban::cli::run()
}
