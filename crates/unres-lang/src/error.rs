//! What can be wrong with a pack.

/// Why a pack is refused.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// No pack is built in for a language.
    #[error("no language pack for {0:?}")]
    Unknown(String),
    /// The file is no TOML, or has a key that no pack has.
    #[error("language pack: {0}")]
    Toml(#[from] toml::de::Error),
    /// The tables contradict themselves.
    #[error("language pack {pack}: {message}")]
    Inconsistent {
        /// Code of the pack.
        pack: String,
        /// What is wrong.
        message: String,
    },
}
