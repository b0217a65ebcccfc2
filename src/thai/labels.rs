//! The words of the form that a value follows, as the regulation and offices print them.

pub const UNIT: &[&str] = &["ส่วนราชการ", "ส่วนงาน"];
/// The office that writes, in message forms and in memos of state enterprises.
pub const FROM: &[&str] = &["จาก"];
pub const SUBJECT: &[&str] = &["เรื่อง"];
/// What documents with a title of their own call themselves.
pub const TITLE: &[&str] =
    &["คำสั่ง", "ประกาศ", "แถลงการณ์", "ข่าว", "ระเบียบ", "ข้อบังคับ", "ข้อบัญญัติ", "เทศบัญญัติ", "กฎกระทรวง", "รายงานการประชุม", "หนังสือรับรอง"];
/// Longer words before their own ends.
pub const SALUTATION: &[&str] = &["ขอประทานกราบทูล", "กราบทูล", "กราบเรียน", "กราบนมัสการ", "นมัสการ", "เรียน", "ขอเจริญพร", "เจริญพร"];
/// Before an office or a post, in memos and stamped letters.
pub const TO: &[&str] = &["ถึง", "เสนอ", "ส่ง"];
pub const REFERENCES: &[&str] = &["อ้างถึง", "อ้างอิง"];
pub const ATTACHMENTS: &[&str] = &["สิ่งที่ส่งมาด้วย", "สิ่งที่แนบมาด้วย", "เอกสารแนบ"];
/// To whom a message form goes.
pub const MESSAGE_TO: &[&str] = &["ถึง ผู้รับปฏิบัติ", "ผู้รับปฏิบัติ", "ถึง"];

/// Whether `text` is one of these words alone, so that its value stands below: `เรียน`, `อ้างถึง :`.
pub fn stands_alone(text: &str) -> bool {
    let word = text.trim_end_matches([' ', ':']);
    [SUBJECT, SALUTATION, TO, REFERENCES, ATTACHMENTS, MESSAGE_TO].iter().any(|words| words.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::stands_alone;

    #[test]
    fn a_label_may_stand_alone() {
        assert!(stands_alone("เรียน") && stands_alone("สิ่งที่ส่งมาด้วย :") && !stands_alone("เรียน อธิบดี") && !stands_alone("ส่วนราชการ"));
    }
}
