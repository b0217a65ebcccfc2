//! Records out, one file per format.
