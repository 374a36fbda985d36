using AnomalyKit.ML.Cells;
using AnomalyKit.ML.Rows;
using AnomalyKit.Tables;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Inputs;

/// <summary>Gathers the columns of a table by steps of ML.NET, which it can save.</summary>
internal sealed class TableGathering(TableSchema table)
{
    private readonly List<Func<MLContext, IEstimator<ITransformer>>> _steps = [];
    private readonly List<string> _temporary = [];
    private readonly Dictionary<char, List<string>> _groups = [];

    /// <param name="schema">The columns that there are.</param>
    /// <param name="sources">Those of the table, in its order.</param>
    public GatheredColumns Gather(DataViewSchema schema, IReadOnlyList<DataViewSchema.Column> sources)
    {
        var letters = new char[sources.Count];
        for (int i = 0; i < letters.Length; i++)
        {
            letters[i] = Letter(table.Fields[i].Kind, sources[i]);
            char key = letters[i] == GatheredForm.Single ? GatheredForm.Number : letters[i];
            if (!_groups.TryGetValue(key, out var group))
                _groups.Add(key, group = []);
            group.Add(Cell(letters[i], sources[i], PipelineColumns.Cell(i)));
        }

        Concatenate(GatheredForm.Number, PipelineColumns.Numbers);
        Concatenate(GatheredForm.Word, PipelineColumns.Words);
        Concatenate(GatheredForm.Time, PipelineColumns.Times);
        Concatenate(GatheredForm.Instant, PipelineColumns.Instants);
        return new GatheredColumns(new GatheredForm(new string(letters)), _steps, _temporary);
    }

    private static char Letter(ColumnKind kind, DataViewSchema.Column source) => (kind, source.Type) switch
    {
        (ColumnKind.Number or ColumnKind.Boolean, NumberDataViewType or BooleanDataViewType) => GatheredForm.Number,
        // ML.NET writes other words of numbers with fractions than we do, and has no missing ones.
        (ColumnKind.Category, NumberDataViewType) when source.Type.RawType == typeof(float) => GatheredForm.Single,
        (ColumnKind.Category, NumberDataViewType) when source.Type.RawType == typeof(double) => GatheredForm.Number,
        (ColumnKind.Category, TextDataViewType or NumberDataViewType) => GatheredForm.Word,
        (ColumnKind.Category, KeyDataViewType) when KeyCells.HasWords(source) => GatheredForm.Word,
        (ColumnKind.DateTime, DateTimeDataViewType) => GatheredForm.Time,
        (ColumnKind.DateTime, DateTimeOffsetDataViewType) => GatheredForm.Instant,
        _ => throw new TableDataException(
            $"Column '{source.Name}' holds {source.Type}{(source.Type is KeyDataViewType ? " without words" : "")}, and the detector wants {CellConversion.Describe(kind)}. Saved pipelines and prediction engines cannot convert it; do so before the detector, for example by ConvertType or CustomMapping.",
            columnName: source.Name),
    };

    /// <summary>The column that has the cell as its group needs it.</summary>
    private string Cell(char letter, DataViewSchema.Column source, string cell)
    {
        switch (letter)
        {
            // Also doubles are converted: then a saved pipeline takes any type of number.
            case GatheredForm.Number or GatheredForm.Single:
                return Convert(source.Name, cell, DataKind.Double);
            case GatheredForm.Word when source.Type is KeyDataViewType:
                _steps.Add(context => context.Transforms.Conversion.MapKeyToValue(cell, source.Name));
                _temporary.Add(cell);
                return cell;
            case GatheredForm.Word when source.Type is not TextDataViewType:
                return Convert(source.Name, cell, DataKind.String);
            default:
                return source.Name;
        }
    }

    private string Convert(string name, string cell, DataKind kind)
    {
        _steps.Add(context => context.Transforms.Conversion.ConvertType(cell, name, kind));
        _temporary.Add(cell);
        return cell;
    }

    private void Concatenate(char letter, string group)
    {
        if (_groups.TryGetValue(letter, out var cells))
            _steps.Add(context => context.Transforms.Concatenate(group, [.. cells]));
    }
}
