namespace AnomalyKit;

/// <summary>A file that holds rows of a table.</summary>
/// <param name="Path">Where it lies, as it was found; <c>-</c> for standard input.</param>
/// <param name="Format">How its rows lie in it.</param>
/// <param name="Bytes">Its length; −1 for standard input and for pipes.</param>
public sealed record TableFile(string Path, TableFormat Format, long Bytes)
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Whether it can be read a second time.</summary>
    public bool CanRepeat => Bytes >= 0;
}
