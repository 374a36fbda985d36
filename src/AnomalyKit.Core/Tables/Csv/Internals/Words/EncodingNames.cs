using System.Text;

namespace AnomalyKit.Csv;

/// <summary>Finds encodings by name, those of old code pages too.</summary>
internal static class EncodingNames
{
    public static Encoding Find(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        string trimmed = name.Trim();
        // Asked directly, so that nothing is registered for the whole process.
        if (CodePagesEncodingProvider.Instance.GetEncoding(trimmed) is { } found)
            return found;
        try
        {
            return Encoding.GetEncoding(trimmed);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ArgumentException(
                $"There is no encoding called '{CsvErrors.Printable(trimmed)}'. Name it as IANA does: utf-8, utf-16, iso-8859-1, windows-1252, …", nameof(name), e);
        }
    }
}
