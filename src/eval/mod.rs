//! Found against true: how often is a field wrong, and how often without anyone being told.
