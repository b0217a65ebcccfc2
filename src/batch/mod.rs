//! Many sources: who reads what when, and how nothing is lost.
