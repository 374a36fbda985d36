using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AnomalyKit.Tool.Verifying;

/// <summary>Rows of a table as an exported model takes them.</summary>
internal static class OnnxRows
{
    public static IReadOnlyCollection<NamedOnnxValue> Of(TableDetector detector, OnnxModel model, OnnxOptions options, FeatureTable table)
    {
        TableColumn[] columns = [.. detector.Preparation.Schema.Fields.Select(field => table.Columns[table.Schema.IndexOf(field.Name)])];
        if (model.Inputs is [var single] && detector.Preparation.TakesValues && options.InputForm != OnnxInputForm.Columns)
            return [Numbers(single, columns.Select(Values).ToArray(), table.RowCount)];
        return [.. columns.Select((column, i) => column switch
        {
            CategoryColumn words => Words(model, model.Inputs[i], words, options),
            DateTimeColumn dates => Column(model.Inputs[i].Name, Array.ConvertAll(dates.Ticks.ToArray(), Microseconds)),
            _ => Numbers(model.Inputs[i], [Values(column)], table.RowCount),
        })];
    }

    private static NamedOnnxValue Numbers(OnnxTensor input, double[][] columns, int rows)
    {
        var values = new double[(long)rows * columns.Length];
        for (int column = 0; column < columns.Length; column++)
        {
            for (int row = 0; row < rows; row++)
                values[(row * columns.Length) + column] = columns[column][row];
        }

        int[] shape = [rows, columns.Length];
        return input.ElementType == OnnxElementType.DoublePrecision
            ? NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<double>(values, shape))
            : NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<float>(Array.ConvertAll(values, value => (float)value), shape));
    }

    private static double[] Values(TableColumn column)
    {
        var values = new double[column.RowCount];
        if (column is NumberColumn numbers)
            numbers.CopyTo(0, values);
        else if (column is BooleanColumn flags)
            flags.Cells.ToArray().Select(cell => cell == BooleanColumn.MissingCell ? double.NaN : cell).ToArray().CopyTo(values, 0);
        return values;
    }

    private static NamedOnnxValue Words(OnnxModel model, OnnxTensor input, CategoryColumn column, OnnxOptions options)
    {
        int[] codes = column.Codes.ToArray();
        if (options.CategoryType == OnnxCategoryType.Text)
            return Column(input.Name, Array.ConvertAll(codes, code => code == CategoryColumn.MissingCell ? string.Empty : column.Levels[code]));
        string[] levels = JsonSerializer.Deserialize<string[]>(model.Metadata["anomalykit.levels." + column.Name])!;
        var numbers = levels.Select((level, number) => (level, number)).ToDictionary(pair => pair.level, pair => (long)pair.number, StringComparer.Ordinal);
        return Column(input.Name, Array.ConvertAll(codes, code => code == CategoryColumn.MissingCell ? -1 : numbers.GetValueOrDefault(column.Levels[code], numbers.Count)));
    }

    private static long Microseconds(long ticks) => ticks == DateTimeColumn.MissingCell
        ? long.MinValue
        : (ticks / TimeSpan.TicksPerMicrosecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);

    private static NamedOnnxValue Column<T>(string name, T[] values) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(values, new[] { values.Length, 1 }));
}
