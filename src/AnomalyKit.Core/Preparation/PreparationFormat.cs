using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>How a fitted preparation lies in a model file.</summary>
internal static class PreparationFormat
{
    public const string Scope = "preparation";

    private const int MaxEncoders = 1 << 20;

    private static readonly Dictionary<string, Func<ModelReader, string, ColumnEncoder>> Readers = new(StringComparer.Ordinal)
    {
        [NumberEncoder.Name] = NumberEncoder.Read,
        [BooleanEncoder.Name] = BooleanEncoder.Read,
        [BinaryEncoder.Name] = BinaryEncoder.Read,
        [OneHotEncoder.Name] = OneHotEncoder.Read,
        [FrequencyEncoder.Name] = FrequencyEncoder.Read,
        [OrdinalEncoder.Name] = OrdinalEncoder.Read,
        [LevelEncoder.Name] = LevelEncoder.Read,
        [DateEncoder.Name] = DateEncoder.Read,
        [IndicatorEncoder.Name] = IndicatorEncoder.Read,
    };

    public static void Write(FittedPreparation preparation, ModelWriter writer)
    {
        writer.Set("encoders", preparation.Encoders.Count);
        for (int i = 0; i < preparation.Encoders.Count; i++)
        {
            var encoder = preparation.Encoders[i];
            var part = writer.Scope($"{i}");
            part.Set("column", encoder.Source);
            part.Set("encoding", encoder.KindName);
            encoder.WriteTo(part);
        }
    }

    public static FittedPreparation Read(ModelReader reader)
    {
        var encoders = new List<ColumnEncoder>();
        var fields = new List<TableField>();
        int count = reader.GetInt32("encoders", 1, MaxEncoders);
        for (int i = 0; i < count; i++)
        {
            var part = reader.Scope($"{i}");
            string source = part.GetString("column");
            string kind = part.GetString("encoding");
            if (string.IsNullOrWhiteSpace(source))
                throw ModelReader.FormatError($"the column of encoder {i} has no name");
            if (!Readers.TryGetValue(kind, out var read))
                throw ModelReader.FormatError($"the column '{source}' is encoded as '{kind}'; one of {string.Join(", ", Readers.Keys)} was expected");
            var encoder = read(part, source);
            encoders.Add(encoder);
            var known = fields.Find(field => field.Name == source);
            if (known is null)
                fields.Add(new TableField(source, encoder.SourceKind));
            else if (known.Kind != encoder.SourceKind || fields[^1] != known)
                throw ModelReader.FormatError($"the encoders of column '{source}' do not fit each other");
        }

        try
        {
            return new FittedPreparation(new TableSchema(fields), encoders);
        }
        catch (ArgumentException exception)
        {
            throw ModelReader.FormatError("its preparation gives columns that make no matrix", exception);
        }
    }
}
