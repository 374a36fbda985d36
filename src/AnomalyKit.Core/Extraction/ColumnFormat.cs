using System.Runtime.InteropServices;
using AnomalyKit.Persistence;

namespace AnomalyKit.Extraction;

/// <summary>How the cells of a column lie in a file. Numbers lie as their bits: arrays of floats hold finite ones only, and missing cells are NaN.</summary>
internal static class ColumnFormat
{
    public static void Write(ModelWriter writer, TableColumn column)
    {
        switch (column)
        {
            case SingleColumn singles:
                writer.Add<int>("singles", MemoryMarshal.Cast<float, int>(singles.Cells.Span).ToArray());
                break;
            case DoubleColumn doubles:
                writer.Add<long>("doubles", MemoryMarshal.Cast<double, long>(doubles.Cells.Span).ToArray());
                break;
            case Int64Column whole:
                writer.Add("whole", whole.Cells);
                if (!whole.Missing.IsEmpty)
                    writer.Add<byte>("missing", MemoryMarshal.AsBytes(whole.Missing.Span).ToArray());
                break;
            case BooleanColumn booleans:
                writer.Add<byte>("booleans", MemoryMarshal.AsBytes(booleans.Cells.Span).ToArray());
                break;
            case DateTimeColumn dates:
                writer.Add("ticks", dates.Ticks);
                writer.Set("utc", dates.IsUtc ? 1 : 0);
                break;
            case CategoryColumn words:
                writer.Add("codes", words.Codes);
                writer.Set("words", TextList.ToJson(words.Levels));
                break;
        }
    }

    public static TableColumn Read(ModelReader reader, TableField field, int rows)
    {
        switch (field.Kind)
        {
            case ColumnKind.Number when reader.HasArray("singles"):
                return new SingleColumn(field.Name, Array.ConvertAll(reader.GetInt32s("singles", int.MinValue, int.MaxValue, rows), BitConverter.Int32BitsToSingle));
            case ColumnKind.Number when reader.HasArray("doubles"):
                return new DoubleColumn(field.Name, Array.ConvertAll(reader.GetInt64s("doubles", rows), BitConverter.Int64BitsToDouble));
            case ColumnKind.Number:
                return new Int64Column(
                    field.Name, reader.GetInt64s("whole", rows), reader.HasArray("missing") ? Array.ConvertAll(reader.GetBytes("missing", rows), mark => mark != 0) : default);
            case ColumnKind.Boolean:
                return new BooleanColumn(field.Name, Array.ConvertAll(reader.GetBytes("booleans", rows), cell => (sbyte)cell));
            case ColumnKind.DateTime:
                return new DateTimeColumn(field.Name, reader.GetInt64s("ticks", rows), reader.GetInt32("utc", 0, 1) == 1);
            default:
                return new CategoryColumn(field.Name, reader.GetInt32s("codes", CategoryColumn.MissingCell, int.MaxValue, rows), TextList.FromJson(reader.GetString("words"), "words"));
        }
    }
}
