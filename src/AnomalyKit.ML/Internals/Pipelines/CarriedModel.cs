using System.Text;
using AnomalyKit.ML.Inputs;
using AnomalyKit.Persistence;

namespace AnomalyKit.ML.Pipelines;

/// <summary>A detector as text: the letters of its form, its column of vectors, and its model file, both in base 64, with colons between.</summary>
/// <param name="Text">The text as it is in memory.</param>
/// <param name="Form">How rows are gathered.</param>
/// <param name="Input">The detector.</param>
internal sealed record CarriedModel(ReadOnlyMemory<char> Text, GatheredForm Form, DetectorInput Input)
{
    // ML.NET keeps the text as one string, whose length ends here.
    private const int MaxModelBytes = 700 << 20;
    private const char Separator = ':';

    /// <exception cref="InvalidOperationException">The detector is too large, or of a kind that cannot be loaded.</exception>
    public static string Write(DetectorInput input, GatheredForm form)
    {
        using var bytes = new MemoryStream();
        input.Save(bytes);
        if (bytes.Length > MaxModelBytes)
            throw new InvalidOperationException($"The model takes {bytes.Length >> 20} MiB; ML.NET can save one of at most {MaxModelBytes >> 20} MiB. Save it as a model file (Save) and load it with LoadDetector.");
        bytes.Position = 0;
        try
        {
            _ = Load(bytes, form, input.ColumnName);
        }
        catch (ModelFormatException error)
        {
            throw new InvalidOperationException($"ML.NET could not load the model that it is to save, of the kind '{input.Detector.Info.Kind}': {error.Message} Save it as a model file (Save), and load it with its own catalog and ToTransformer.", error);
        }

        string column = Convert.ToBase64String(Encoding.UTF8.GetBytes(input.ColumnName));
        return $"{form.Letters}{Separator}{column}{Separator}{Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}";
    }

    /// <exception cref="ModelFormatException">The text is no such model, or a damaged one.</exception>
    public static CarriedModel Read(ReadOnlyMemory<char> text)
    {
        int first = text.Span.IndexOf(Separator);
        int second = first < 0 ? -1 : text.Span[(first + 1)..].IndexOf(Separator);
        var form = second < 0 ? null : new GatheredForm(text.Span[..first].ToString());
        if (form is null || !form.IsKnown)
            throw new ModelFormatException("The pipeline holds no model of AnomalyKit, or one of a newer version.");
        string column = Encoding.UTF8.GetString(Bytes(text.Span.Slice(first + 1, second)));
        var bytes = Bytes(text.Span[(first + second + 2)..]);
        using var stream = new MemoryStream(bytes.Array!, 0, bytes.Count, writable: false);
        return new CarriedModel(text, form, Load(stream, form, column));
    }

    private static ArraySegment<byte> Bytes(ReadOnlySpan<char> letters)
    {
        var bytes = new byte[(letters.Length / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(letters, bytes, out int length)
            ? new ArraySegment<byte>(bytes, 0, length)
            : throw new ModelFormatException("The model in the pipeline is damaged: it is not base 64.");
    }

    private static DetectorInput Load(Stream stream, GatheredForm form, string columnName)
    {
        if (form.IsVector)
            return new VectorInput(FeedbackFile.Catalog.Load(stream), columnName);
        var detector = TableDetector.Load(stream, FeedbackFile.Catalog);
        return detector.Preparation.Schema.ColumnCount == form.Letters.Length
            ? new TableInput(detector)
            : throw new ModelFormatException($"The pipeline gathers {form.Letters.Length} columns; its model was fitted on {detector.Preparation.Schema.ColumnCount}.");
    }
}
