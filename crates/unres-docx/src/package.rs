//! The package: a zip archive of parts, and the relations between them. Nothing is unpacked beyond what the budget allows.

use crate::xml::{Event, Xml};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use unres_source::{Budget, ReadError};
use zip::ZipArchive;
use zip::result::ZipError;

/// Text deflates to no less than a hundredth as a rule; what unpacks to more than this many times the whole file was made to do so.
const MAX_RATIO: u64 = 250;
/// What any part may unpack to, however small the file.
const ALWAYS_ALLOWED: u64 = 1 << 20;

const SAVE_AS_DOCX: &str = "open it in Word or LibreOffice and save it as .docx";
const PASSWORD: &str = "open it with its password and save a copy without one";
const OTHER_ARCHIVE: &str = "name a file that Word wrote; parts of other archives must be unpacked first";
const BOMB: &str = "the archive was made to fill memory or disk, and is not read";

/// Whether the bytes look like an archive with a Word document in it. The names of the parts stand in the archive as they are.
pub(crate) fn is_document(bytes: &[u8]) -> bool {
    const FOLDER: &[u8] = b"word/";
    bytes.starts_with(b"PK\x03\x04") && bytes.windows(FOLDER.len()).any(|window| window == FOLDER)
}

/// Whether the bytes are of the binary format of Word before 2007, which also wraps files with a password.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// An open package.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
    size: u64,
}

/// What a part refers to, by the id of the reference.
pub(crate) type Relations = BTreeMap<String, Relation>;

/// One reference of a part.
pub(crate) struct Relation {
    /// The last part of the name of its kind: `footnotes`, `hyperlink`.
    pub(crate) kind: String,
    /// The path of a part in the package, or an address outside.
    pub(crate) target: String,
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8], budget: Budget) -> Result<Self, ReadError> {
        let size = bytes.len() as u64;
        if size > budget.bytes {
            return Err(ReadError::TooLarge { bytes: size, limit: budget.bytes });
        }
        if bytes.is_empty() {
            return Err(ReadError::Empty);
        }
        if is_binary(bytes) {
            return Err(binary(bytes));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged("the archive", &error))?;
        Ok(Self { archive, left: budget.bytes, size })
    }

    /// The text of a part; none where the package has none of that name.
    pub(crate) fn part(&mut self, path: &str) -> Result<Option<String>, ReadError> {
        let limit = self.left.min((self.size * MAX_RATIO).max(ALWAYS_ALLOWED));
        let file = match self.archive.by_name(path) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(reason)) if reason == ZipError::PASSWORD_REQUIRED => {
                return Err(ReadError::Refused { reason: format!("{path} is encrypted"), hint: PASSWORD });
            }
            Err(error) => return Err(damaged(path, &error)),
        };
        let mut bytes = Vec::new();
        let read = file.take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| ReadError::Malformed(format!("{path} cannot be unpacked: {error}")))?;
        let size = bytes.len() as u64;
        if size > limit {
            let reason = format!("{path} unpacks to more than {limit} bytes, out of a file of {}", self.size);
            return Err(ReadError::Refused { reason, hint: BOMB });
        }
        self.left -= size;
        text(path, bytes).map(Some)
    }

    /// The path of the document itself.
    pub(crate) fn document(&mut self) -> Result<String, ReadError> {
        let relations = self.relations("")?;
        let stated = relations.into_values().find(|relation| relation.kind == "officeDocument");
        let path = stated.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target);
        if self.archive.index_for_name(&path).is_none() {
            let reason = "the archive holds no Word document".to_owned();
            return Err(ReadError::Refused { reason, hint: OTHER_ARCHIVE });
        }
        Ok(path)
    }

    /// What a part refers to; the package itself has the empty path.
    pub(crate) fn relations(&mut self, path: &str) -> Result<Relations, ReadError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let own = beside(&format!("_rels/{name}.rels"));
        let Some(text) = self.part(&own)? else { return Ok(Relations::new()) };
        let mut relations = Relations::new();
        let mut xml = Xml::new(&own, &text);
        while let Some(event) = xml.next()? {
            let Event::Start(tag) = event else { continue };
            let (Some(id), Some(kind), Some(target)) =
                (tag.attribute("Id"), tag.attribute("Type"), tag.attribute("Target"))
            else {
                continue;
            };
            let outside = tag.attribute("TargetMode").as_deref() == Some("External");
            let target = match target.strip_prefix('/') {
                _ if outside => target,
                Some(absolute) => absolute.to_owned(),
                None => beside(&target),
            };
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.insert(id, Relation { kind, target });
        }
        Ok(relations)
    }
}

/// The streams of a binary file are named in UTF-16; one of these names says that a package with a password is wrapped in it.
fn binary(bytes: &[u8]) -> ReadError {
    let wide: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    if bytes.windows(wide.len()).any(|window| window == wide) {
        return ReadError::Refused { reason: "the document is protected by a password".to_owned(), hint: PASSWORD };
    }
    let reason = "this is an office document in the binary format of before 2007 (.doc)".to_owned();
    ReadError::Refused { reason, hint: SAVE_AS_DOCX }
}

fn damaged(what: &str, error: &ZipError) -> ReadError {
    ReadError::Malformed(format!("{what} is damaged: {error}"))
}

/// Parts are in UTF-8 or, as the standard also allows, in UTF-16 with a byte order mark.
fn text(path: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    let wide = |of: fn([u8; 2]) -> u16| {
        let pairs = bytes.get(2..).unwrap_or_default().chunks_exact(2);
        let units: Vec<u16> = pairs.map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    if bytes.starts_with(&[0xff, 0xfe]) {
        return Ok(wide(u16::from_le_bytes));
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return Ok(wide(u16::from_be_bytes));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        ReadError::Malformed(format!("{path}: byte {} is not UTF-8", error.utf8_error().valid_up_to()))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
