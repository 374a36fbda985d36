namespace AnomalyKit;

/// <summary>A file of a part, as its manifest tells it.</summary>
/// <param name="Name">Its name in the folder of the manifest.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Hash">The SHA-256 of its content, in hexadecimal digits.</param>
public sealed record ShardPartFile(string Name, long Bytes, string Hash);
