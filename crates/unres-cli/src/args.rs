//! The arguments of the command.

use clap::{ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Turns resolutions of the United Nations into data.
#[derive(Debug, Parser)]
#[command(name = "unres", version, about, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When findings and errors are coloured; a terminal decides by default, unless `NO_COLOR` is set
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub(crate) color: ColorChoice,
}

impl Args {
    /// How findings and errors are printed.
    pub(crate) fn message_format(&self) -> MessageFormat {
        match &self.command {
            Command::Convert(convert) => convert.message_format,
            Command::Batch(batch) => batch.message_format,
            Command::Check(check) => check.message_format,
            Command::Compare(compare) => compare.message_format,
            Command::Inspect(inspect) => inspect.one.message_format,
            Command::View(view) => view.one.message_format,
            _ => MessageFormat::Human,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Convert files into one or more formats
    Convert(Convert),
    /// Check that what was read holds together: numbers, notes, formula, closing lines, pairs of marks
    Check(Check),
    /// Compare the versions of documents, such as their languages, and list where their shapes differ
    Compare(Compare),
    /// Convert a corpus: folders, archives, records; goes on where an earlier run ended
    Batch(Batch),
    /// Convert what a job hands over
    #[command(hide = true)]
    BatchWorker,
    /// Check files of Akoma Ntoso: XML, schema, and the rules of the AKN4UN profile
    Validate(Validate),
    /// Show how a file was read
    Inspect(Inspect),
    /// Write a page that shows the source beside the structure that was found in it, with each finding at its place
    View(View),
    /// Say what a rule or finding means, with an example; without a name, list them
    Explain {
        /// Its name, as `unres inspect` and findings print it
        #[arg(value_name = "RULE")]
        rule: Option<String>,
    },
    /// List the documents that files refer to
    Cite(Cite),
    /// Say what the symbol of a document names, and where the document is
    Symbol(SymbolArgs),
    /// List the formats, languages and encodings
    Formats,
    /// Help with programs that write formats of their own
    #[command(subcommand)]
    Exporter(ExporterCommand),
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print a page of the manual
    Man {
        /// The command that it is about; none for the page that names all
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ExporterCommand {
    /// Run a program in every way in which `convert --to ext:NAME` may run it
    Check {
        /// The program, with the arguments that it always gets
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "PROGRAM")]
        program: Vec<OsString>,
    },
}

#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools)] // each is a switch of the command line
pub(crate) struct Convert {
    /// Files to read: text, PDF, DOCX, HTML, Akoma Ntoso, or JSON written by unres; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Formats to write, separated by commas; `unres formats` lists them, and ext:NAME is what the program unres-export-NAME writes
    #[arg(long, required = true, value_delimiter = ',', value_name = "FORMAT")]
    pub(crate) to: Vec<String>,

    /// File to write, or a folder when it ends with a slash or is one; standard output for one file in one format
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,

    /// Format of the input; found from its bytes by default; `unres formats` lists them
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: Option<String>,

    /// Language of the text (code or English name); found from the text by default
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<String>,

    /// Encoding of the text, such as windows-1251; found from its bytes by default
    #[arg(long, value_name = "ENCODING")]
    pub(crate) encoding: Option<String>,

    /// What becomes of blanks between Chinese characters and digits or letters
    #[arg(long, value_enum, default_value_t = HanSpaceArg::None)]
    pub(crate) han_space: HanSpaceArg,

    /// What becomes of parts A and B under one number
    #[arg(long, value_enum, default_value_t = PartsArg::Together)]
    pub(crate) parts: PartsArg,

    /// The form of Akoma Ntoso: that of the guidelines, or that of the UN's own files
    #[arg(long, value_name = "strict|published")]
    pub(crate) profile: Option<String>,

    /// Write each document of an input into a file of its own, not a collection
    #[arg(long)]
    pub(crate) split: bool,

    /// An option of a format: csv.delimiter=tab, akn.date=2044-01-31; may be repeated
    #[arg(long = "option", short = 'O', value_name = "FORMAT.NAME=VALUE")]
    pub(crate) options: Vec<String>,

    /// Seconds that a program of ext:NAME may take for a document, and for its end
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) patience: u64,

    /// The table of a format that goes to standard output, when it has several
    #[arg(long, value_name = "NAME", conflicts_with = "output")]
    pub(crate) table: Option<String>,

    /// Show what was written in the program that the system has for it; needs -o with a file
    #[arg(long, requires = "output")]
    pub(crate) open: bool,

    /// Never replace a file
    #[arg(long)]
    pub(crate) no_clobber: bool,

    /// Exit with 1 when there are warnings, and refuse XML that is not well-formed
    #[arg(long)]
    pub(crate) strict: bool,

    /// Threads that read the files; as many as there are cores by default
    #[arg(short, long, value_name = "NUMBER")]
    pub(crate) jobs: Option<NonZeroUsize>,

    #[command(flatten)]
    pub(crate) limits: Limits,

    /// How findings and errors are printed on standard error
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub(crate) message_format: MessageFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Batch {
    /// What to read: folders, files, archives (.zip, .tar, .tar.gz, .tar.zst), records (.jsonl), patterns in quotes
    #[arg(required_unless_present_any = ["list", "stdin"], conflicts_with = "stdin", value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,

    /// File with more inputs, one a line; may be repeated
    #[arg(long, value_name = "FILE", conflicts_with = "stdin")]
    pub(crate) list: Vec<PathBuf>,

    /// Extensions of the files to read in folders and archives, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "EXTENSION", default_values = unres_batch::Inputs::EXTENSIONS)]
    pub(crate) extensions: Vec<String>,

    /// Folder of the job: outputs, journal and report
    #[arg(short, long, required_unless_present = "stdin", conflicts_with = "stdin", value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,

    /// Formats of which each input gets files of its own, separated by commas; `unres formats` lists them
    #[arg(long, required_unless_present = "table", value_delimiter = ',', value_name = "FORMAT")]
    pub(crate) to: Vec<String>,

    /// Formats of which all inputs get one table: csv, jsonl
    #[arg(long, value_delimiter = ',', value_name = "FORMAT")]
    pub(crate) table: Vec<String>,

    /// Format of the inputs; found from the bytes of each by default
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: Option<String>,

    /// Language of the texts (code or English name); found from each by default
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<String>,

    /// Encoding of the texts; found from the bytes of each by default
    #[arg(long, value_name = "ENCODING")]
    pub(crate) encoding: Option<String>,

    /// An option of a format: csv.delimiter=tab; may be repeated
    #[arg(long = "option", short = 'O', value_name = "FORMAT.NAME=VALUE")]
    pub(crate) options: Vec<String>,

    #[command(flatten)]
    pub(crate) again: AgainArgs,

    /// Inputs that are converted at a time; as many as there are cores by default
    #[arg(short, long, value_name = "NUMBER")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Inputs after which a thread writes the journal; so many are converted anew after a crash
    #[arg(long, value_name = "NUMBER", default_value = "200")]
    pub(crate) part_size: NonZeroUsize,

    /// Inputs that are converted in a process of their own, which may run out of time, stack or memory
    #[arg(long, value_enum, default_value_t = IsolateArg::Pdf, value_name = "WHICH")]
    pub(crate) isolate: IsolateArg,

    /// Seconds that one input may take there
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) timeout: u64,

    /// Memory that such a process may ask for, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 2048)]
    pub(crate) memory: u64,

    #[command(flatten)]
    pub(crate) limits: Limits,

    /// List of the symbols that the corpus should hold: one a line, or JSON Lines with a field `symbol`; the report says what is missing
    #[arg(long, value_name = "FILE", conflicts_with = "stdin")]
    pub(crate) expect: Option<PathBuf>,

    /// The languages in which each of them is expected, separated by commas; any by default
    #[arg(long, value_delimiter = ',', value_name = "LANGUAGE", requires = "expect")]
    pub(crate) expect_languages: Vec<String>,

    #[command(flatten)]
    pub(crate) records: RecordArgs,

    /// How errors are printed on standard error
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub(crate) message_format: MessageFormat,
}

/// What is converted that an earlier run has seen.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct AgainArgs {
    /// Convert all inputs, not only what is new or changed
    #[arg(long, conflicts_with_all = ["retry_failed", "stdin"])]
    pub(crate) force: bool,

    /// Convert what failed in earlier runs as well
    #[arg(long, conflicts_with = "stdin")]
    pub(crate) retry_failed: bool,
}

/// A batch as a filter.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct RecordArgs {
    /// Answer each record on standard input with one on standard output
    #[arg(long, requires = "jsonl", conflicts_with = "table")]
    pub(crate) stdin: bool,

    /// The records are JSON, one a line
    #[arg(long, requires = "stdin")]
    pub(crate) jsonl: bool,
}

/// `batch --isolate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum IsolateArg {
    /// None
    None,
    /// PDF files
    Pdf,
    /// All
    All,
}

/// What one file may cost.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Limits {
    /// Refuse files with more bytes
    #[arg(
        long,
        value_name = "BYTES",
        default_value_t = unres::Budget::default().bytes,
        value_parser = clap::value_parser!(u64).range(1..=1 << 30)
    )]
    pub(crate) max_bytes: u64,
}

/// How files are read, where nothing else is asked of reading.
#[derive(Debug, clap::Args)]
pub(crate) struct HowToRead {
    #[command(flatten)]
    pub(crate) limits: Limits,

    /// Format of the input; found from its bytes by default; `unres formats` lists them
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: Option<String>,

    /// Language of the text (code or English name); found from the text by default
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<String>,

    /// Encoding of the text, such as windows-1251; found from its bytes by default
    #[arg(long, value_name = "ENCODING")]
    pub(crate) encoding: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Files to check, of any kind that can be read; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) how: HowToRead,

    /// How findings and errors are printed on standard error
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub(crate) message_format: MessageFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Compare {
    /// Files to compare, of any kind that can be read; those of one number are versions of one document
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) how: HowToRead,

    /// How differences and errors are printed
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub(crate) message_format: MessageFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Validate {
    /// Files to check; - for standard input
    #[arg(required_unless_present = "explain", value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) limits: Limits,

    /// Check XML and the schema only, not the profile
    #[arg(long)]
    pub(crate) schema_only: bool,

    /// Compare the text with this source, which may have any format: rules U41 (whole dates) and U55; for one file only
    #[arg(long, value_name = "FILE", conflicts_with = "schema_only")]
    pub(crate) source: Option<PathBuf>,

    /// Show the findings of this rule only; may be repeated
    #[arg(long = "rule", value_name = "RULE")]
    pub(crate) rules: Vec<String>,

    /// How findings are printed on standard output
    #[arg(long, value_enum, default_value_t = FindingFormat::Text, value_name = "FORMAT")]
    pub(crate) format: FindingFormat,

    /// Say what a rule wants, and check nothing
    #[arg(long, value_name = "RULE", conflicts_with_all = ["inputs", "rules"])]
    pub(crate) explain: Option<String>,
}

/// `validate --format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingFormat {
    /// `file:line: severity[rule]: message`
    Text,
    /// One JSON object a line
    Json,
    /// SARIF 2.1, which code hosts show beside the lines
    Sarif,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Inspect {
    #[command(flatten)]
    pub(crate) one: OneInput,

    /// Show the lines of the text with the blanks around them, what the file says of them, and the rules that answered
    #[arg(long)]
    pub(crate) source: bool,

    /// Show what each printed byte was taken for
    #[arg(long, conflicts_with = "source")]
    pub(crate) coverage: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct View {
    #[command(flatten)]
    pub(crate) one: OneInput,

    /// File to write; standard output by default
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,

    /// Show the page in the browser
    #[arg(long, requires = "output")]
    pub(crate) open: bool,
}

/// One file, and how it is read.
#[derive(Debug, clap::Args)]
pub(crate) struct OneInput {
    /// File to read; - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) input: PathBuf,

    #[command(flatten)]
    pub(crate) how: HowToRead,

    /// How findings and errors are printed on standard error
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub(crate) message_format: MessageFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Cite {
    /// Files to read; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,

    /// Language of the texts (code or English name); found from each by default
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) lang: Option<String>,

    /// How the citations are printed: file, place, symbol, date, places meant and words with tabs between, or JSON
    #[arg(long, value_enum, default_value_t = ListFormat::Text, value_name = "FORMAT")]
    pub(crate) format: ListFormat,

    #[command(flatten)]
    pub(crate) limits: Limits,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SymbolArgs {
    /// Symbols, such as A/98/280-S/2044/614; - reads one a line from standard input
    #[arg(required = true, value_name = "SYMBOL")]
    pub(crate) symbols: Vec<String>,

    /// How they are printed
    #[arg(long, value_enum, default_value_t = ListFormat::Text, value_name = "FORMAT")]
    pub(crate) format: ListFormat,
}

/// `--format` of `cite` and `symbol`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Lines for people
    Text,
    /// One JSON object a line
    Json,
}

/// `--han-space`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HanSpaceArg {
    /// A thin space
    Thin,
    /// Nothing
    None,
    /// A blank, as the text shows it
    Keep,
}

/// `--parts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PartsArg {
    /// One document
    Together,
    /// A document each
    Apart,
}

/// `--message-format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// `file:line:column: severity[rule]: message`
    Human,
    /// One JSON object a line
    Json,
}
