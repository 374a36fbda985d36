using System.Buffers;
using System.Text.Json;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Makes a column of a table of the tensor that holds its cells.</summary>
internal static class ColumnReader
{
    /// <summary>Whether a datatype can hold the cells of a column.</summary>
    public static bool Takes(ColumnKind kind, TensorType type) => kind switch
    {
        ColumnKind.Number => type.IsNumber() && type != TensorType.Bool,
        ColumnKind.Boolean => type.IsNumber(),
        _ => type == TensorType.Bytes,
    };

    /// <summary>What to send for a column, in words.</summary>
    public static string Expected(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "numbers (FP64, FP32, FP16, INT* or UINT*)",
        ColumnKind.Boolean => "BOOL, or numbers that are 0 or 1",
        ColumnKind.Category => "BYTES",
        _ => "BYTES, dates as ISO 8601 writes them",
    };

    /// <summary>Reads a column.</summary>
    /// <exception cref="RequestException">An element is not what the column holds.</exception>
    /// <exception cref="TableDataException">A text is not a date.</exception>
    public static TableColumn Read(InputTensor input, TableField field)
    {
        if (field.Kind is ColumnKind.Number or ColumnKind.Boolean)
        {
            var values = new double[input.Shape.ElementCount];
            input.Contents.ReadNumbers(input, values);
            return field.Kind == ColumnKind.Number ? new DoubleColumn(field.Name, values) : Booleans(input, field.Name, values);
        }

        var words = new WordBuffer(input);
        input.Contents.ReadWords(input, words);
        return field.Kind == ColumnKind.Category ? new CategoryColumn(field.Name, words.Codes, words.Words) : Dates(field.Name, words);
    }

    private static BooleanColumn Booleans(InputTensor input, string name, double[] values)
    {
        var cells = new sbyte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            cells[i] = values[i] switch
            {
                0 => 0,
                1 => 1,
                double.NaN => BooleanColumn.MissingCell,
                _ => throw input.WrongElement(i, $"{values[i]:R} is neither 0 nor 1. Send {Expected(ColumnKind.Boolean)}"),
            };
        }

        return new BooleanColumn(name, cells);
    }

    /// <summary>Dates are read by what reads them in JSON rows, so that both take the same ones.</summary>
    private static TableColumn Dates(string name, WordBuffer words)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            foreach (int code in words.Codes.Span)
            {
                json.WriteStartObject();
                if (code == CategoryColumn.MissingCell)
                    json.WriteNull(name);
                else
                    json.WriteString(name, words.Words[code]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return new RowTable(new TableSchema(new TableField(name, ColumnKind.DateTime))).ReadJson(text.WrittenSpan).Columns[0];
    }
}
