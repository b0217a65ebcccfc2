//! Times of day: `๑๓.๕๗ น.`, `13:57`, `1357`.

use super::digits;

/// `HH:MM` of a printed time; None when it is no time of day.
pub fn read(text: &str) -> Option<String> {
    let arabic = digits::to_arabic(text);
    let mut groups = arabic.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let (hour, minute) = match (groups.next()?, groups.next()) {
        (hour, Some(minute)) if minute.len() == 2 => (hour, minute),
        (both, None) if both.len() == 4 => both.split_at(2),
        _ => return None,
    };
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn times_of_day() {
        for (text, time) in [("๑๓.๕๗ น.", "13:57"), ("9:05", "09:05"), ("๑๓๕๗", "13:57"), ("๑๐.๐๐", "10:00")] {
            assert_eq!(read(text).as_deref(), Some(time), "{text}");
        }
        for text in ["", "น.", "๒๕.๐๐", "๑๐.๗๕", "๑๐.๕", "........"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
