using System.Globalization;
using System.IO.Compression;

namespace AnomalyKit.Benchmarks.Data;

/// <summary>A CSV file to be read: made in a temporary folder when it is first asked for, and kept there for the next run.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Rows">Its data rows.</param>
/// <param name="Columns">Its feature columns.</param>
/// <param name="Packed">Whether it is packed with gzip.</param>
/// <param name="CreditCard">The credit-card file that it is made of, or nothing for made-up rows.</param>
public sealed record CsvInput(string Name, int Rows, int Columns, bool Packed, string? CreditCard = null)
{
    private static readonly string Folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "anomalykit-benchmarks");

    /// <summary>The name of the label column.</summary>
    public string LabelColumn => CreditCard is null ? "label" : "Class";

    /// <summary>The file, which exists after <see cref="Ensure"/>.</summary>
    public string Path => System.IO.Path.Combine(Folder, $"{Name.Replace(' ', '-')}.csv{(Packed ? ".gz" : "")}");

    /// <summary>The unpacked text's length. It is kept beside the file, because tables are made in another process.</summary>
    public long TextBytes => long.Parse(File.ReadAllText(LengthPath), CultureInfo.InvariantCulture);

    private string LengthPath => Path + ".length";

    /// <summary>The files to read: made-up ones, and the real one where it is there.</summary>
    public static IEnumerable<CsvInput> All()
    {
        const int Rows = 100_000;
        yield return new CsvInput("synthetic 30", Rows, 30, Packed: false);
        yield return new CsvInput("synthetic 30 gzip", Rows, 30, Packed: true);
        if (CreditCardRows.Find() is { } path)
        {
            yield return new CsvInput("creditcard", CreditCardRows.Rows, CreditCardRows.Columns, Packed: false, path);
            yield return new CsvInput("creditcard gzip", CreditCardRows.Rows, CreditCardRows.Columns, Packed: true, path);
        }
    }

    /// <summary>Writes the file unless it is there.</summary>
    public void Ensure()
    {
        if (File.Exists(Path) && File.Exists(LengthPath))
            return;
        Directory.CreateDirectory(Folder);
        string beside = $"{Path}.{Environment.ProcessId}.partial";
        long length;
        using (var file = File.Create(beside))
        using (Stream packed = Packed ? new GZipStream(file, CompressionLevel.Optimal) : file)
        using (var counted = new CountingStream(packed))
        {
            if (CreditCard is null)
                WriteRows(counted);
            else
                CopyText(CreditCard, counted);
            counted.Flush();
            length = counted.Written;
        }

        File.WriteAllText(LengthPath, length.ToString(CultureInfo.InvariantCulture));
        File.Move(beside, Path, overwrite: true);
    }

    /// <summary>What tables show.</summary>
    public override string ToString() => Name;

    private static void CopyText(string path, Stream destination)
    {
        using var file = File.OpenRead(path);
        using Stream text = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        text.CopyTo(destination);
    }

    private void WriteRows(Stream destination)
    {
        var data = SyntheticRows.Create(Rows, Columns);
        using var writer = new StreamWriter(destination, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', [.. data.Schema.ColumnNames, LabelColumn]));
        for (int row = 0; row < Rows; row++)
        {
            // As many digits as real exports have: the cost of reading is a cost of digits.
            foreach (float cell in data.Cells(row))
            {
                writer.Write(((double)cell).ToString("R", CultureInfo.InvariantCulture));
                writer.Write(',');
            }

            writer.WriteLine(data.Labels.Span[row] ? '1' : '0');
        }
    }
}
