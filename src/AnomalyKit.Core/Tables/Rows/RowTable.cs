using System.Buffers;
using System.Text;
using System.Text.Json;
using AnomalyKit.Rows;

namespace AnomalyKit;

/// <summary>Tables of rows that name their cells, such as those of a request: dictionaries and JSON objects. Columns are found by name, in any order.</summary>
/// <remarks>
/// <para>
/// A cell must be what its column holds: a number, a text (category), true or false, or a date as ISO 8601 writes it. Nothing is converted: <c>"5"</c> is not a number and 5 no
/// category. <see langword="null"/> is a missing cell. Numbers are doubles, but ids that are numbers are whole and keep every digit.
/// </para>
/// <para>
/// A column that a row does not have is refused unless <see cref="AllowMissingColumns"/> says otherwise; label and weight need never be there. Names that are not columns are not looked at
/// unless <see cref="RefuseExtraColumns"/> says so. A name that occurs twice is refused.
/// </para>
/// <para>Immutable, and safe for any number of threads.</para>
/// </remarks>
public sealed class RowTable
{
    private readonly RowPlan _plan;

    /// <summary>Describes the rows.</summary>
    /// <param name="schema">The columns: their names, kinds and roles.</param>
    public RowTable(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        _plan = new RowPlan(schema);
    }

    /// <summary>The columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>Whether a column that a row does not have is a missing cell. By default the row is refused.</summary>
    public bool AllowMissingColumns { get; init; }

    /// <summary>Whether a row with a name that is not a column is refused. By default such a name is ignored.</summary>
    public bool RefuseExtraColumns { get; init; }

    /// <summary>Makes a table of one row.</summary>
    /// <param name="row">The cells by name: numbers of any type, texts, characters and GUIDs, booleans, dates and times; null, or <see cref="JsonElement"/>s of these.</param>
    /// <returns>A table of one row.</returns>
    /// <exception cref="TableDataException">A column is missing or a cell is not what its column holds; row, column and value are named.</exception>
    public FeatureTable Read(IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Read([row]);
    }

    /// <summary>Makes a table of rows.</summary>
    /// <param name="rows">One dictionary per row, with its cells by name.</param>
    /// <returns>A table of as many rows.</returns>
    /// <exception cref="TableDataException">A column is missing or a cell is not what its column holds; row, column and value are named.</exception>
    public FeatureTable Read(IEnumerable<IReadOnlyDictionary<string, object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var cells = Begin();
        foreach (var row in rows)
        {
            if (row is null)
                throw cells.Problem(null, "the dictionary is null. Leave it out");
            foreach (var (name, value) in row)
                cells.Add(name, value);
            cells.EndRow();
        }

        return cells.Take();
    }

    /// <summary>Makes a table of a JSON text: an object, or an array of objects.</summary>
    /// <param name="utf8Json">The text in UTF-8.</param>
    /// <returns>A table of one row, or of one for each object of the array; of none if it is empty.</returns>
    /// <exception cref="TableDataException">The text is not JSON or does not hold objects, a column is missing or repeated, or a cell does not fit its column.</exception>
    public FeatureTable ReadJson(ReadOnlySpan<byte> utf8Json)
    {
        var cells = Begin();
        new JsonRows(cells).Read(utf8Json);
        return cells.Take();
    }

    /// <summary>Makes a table of a JSON text: an object, or an array of objects.</summary>
    /// <param name="json">The text.</param>
    /// <returns>A table of one row, or of one for each object of the array; of none if it is empty.</returns>
    /// <exception cref="TableDataException">The text is not JSON or does not hold objects, a column is missing or repeated, or a cell does not fit its column.</exception>
    public FeatureTable ReadJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ReadJson(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Makes a table of a JSON value: an object, or an array of objects.</summary>
    /// <param name="json">The value.</param>
    /// <returns>A table of one row, or of one for each object of the array; of none if it is empty.</returns>
    /// <exception cref="TableDataException">The value is something else, a column is missing or there twice, or a cell is not what its column holds.</exception>
    public FeatureTable ReadJson(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Undefined)
            throw new TableDataException("The JSON element is not part of any document. Parse one first.");
        var text = new ArrayBufferWriter<byte>();
        // Names that occur twice stay there twice.
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { SkipValidation = true }))
            json.WriteTo(writer);
        return ReadJson(text.WrittenSpan);
    }

    private RowCells Begin() => new(_plan, AllowMissingColumns, RefuseExtraColumns);
}
