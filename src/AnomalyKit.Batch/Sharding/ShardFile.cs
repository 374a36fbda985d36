namespace AnomalyKit;

/// <summary>A file of a table that is worked on in shards, as it was when its rows were counted.</summary>
/// <param name="File">The file.</param>
/// <param name="RowCount">Its rows.</param>
/// <param name="Fingerprint">The SHA-256 of its length, its first and its last 65,536 bytes, in hexadecimal digits.</param>
public sealed record ShardFile(TableFile File, long RowCount, string Fingerprint);
