using AnomalyKit.ML.Cells;
using AnomalyKit.ML.Rows;
using AnomalyKit.Tables;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Inputs;

/// <summary>A gathered row as a table.</summary>
internal static class GatheredTable
{
    public static FeatureTable Of(PipelineRow row, TableSchema schema, GatheredForm form)
    {
        var numbers = Dense(row.Numbers);
        var words = Dense(row.Words);
        var times = Dense(row.Times);
        var instants = Dense(row.Instants);
        int number = 0, word = 0, time = 0, instant = 0;
        var columns = new TableColumn[form.Letters.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            string name = schema.Fields[i].Name;
            TableColumn column = form.Letters[i] switch
            {
                GatheredForm.Number => new DoubleColumn(name, numbers.AsMemory(number++, 1)),
                GatheredForm.Single => new SingleColumn(name, new[] { (float)numbers[number++] }),
                GatheredForm.Word => WordCells.Of(name, words.AsSpan(word++, 1)),
                GatheredForm.Time => TimeCells.Of(name, times.AsSpan(time++, 1), 0),
                _ => TimeCells.Of(name, instants.AsSpan(instant++, 1)),
            };
            columns[i] = CellConversion.To(column, schema.Fields[i].Kind, 0);
        }

        return new FeatureTable(columns, schema);
    }

    private static T[] Dense<T>(VBuffer<T> cells)
    {
        if (cells.Length == 0)
            return [];
        var dense = new T[cells.Length];
        cells.CopyTo(dense);
        return dense;
    }
}
