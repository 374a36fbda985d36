using System.Numerics;
using Apache.Arrow.Types;

namespace AnomalyKit.Arrow.Cells;

/// <summary>Cells that are numbers of words of a dictionary. A dictionary is looked at once, however many batches share it.</summary>
internal sealed class DictionaryCells
{
    private object? _seen;
    private TableColumn? _words;

    public TableColumn Read(CellRun run, DictionaryType type)
    {
        var dictionary = run.Data.Dictionary ?? throw new InvalidDataException("no dictionary");
        if (!ReferenceEquals(_seen, dictionary))
        {
            _words = CellChoice.Read(run with { Data = dictionary, Start = 0, Count = dictionary.Length }, type.ValueType);
            _seen = dictionary;
        }

        int[] places = type.IndexType.TypeId switch
        {
            ArrowTypeId.Int8 => Places<sbyte>(run),
            ArrowTypeId.UInt8 => Places<byte>(run),
            ArrowTypeId.Int16 => Places<short>(run),
            ArrowTypeId.UInt16 => Places<ushort>(run),
            ArrowTypeId.Int32 => Places<int>(run),
            ArrowTypeId.UInt32 => Places<uint>(run),
            ArrowTypeId.Int64 => Places<long>(run),
            ArrowTypeId.UInt64 => Places<ulong>(run),
            _ => throw new InvalidDataException($"dictionary places of the type {type.IndexType.Name}"),
        };
        return Pick(_words!.WithName(run.Name), places);
    }

    private int[] Places<T>(CellRun run)
        where T : unmanaged, IBinaryInteger<T>
    {
        var validity = run.Validity();
        var values = run.Values<T>();
        var places = new int[run.Count];
        for (int row = 0; row < places.Length; row++)
        {
            if (!validity[row])
            {
                places[row] = -1;
                continue;
            }

            if (values[row] < T.Zero || ulong.CreateTruncating(values[row]) >= (ulong)_words!.RowCount)
            {
                throw new TableDataException(
                    $"Row {run.FirstRow + row}, column '{run.Name}': place {values[row]} of a dictionary of {_words!.RowCount} words. Write the file again.", run.FirstRow + row, run.Name);
            }

            places[row] = int.CreateTruncating(values[row]);
        }

        return places;
    }

    private static TableColumn Pick(TableColumn words, int[] places) => words switch
    {
        CategoryColumn column => new CategoryColumn(column.Name, Pick(column.Codes.Span, places, CategoryColumn.MissingCell), column.Levels),
        SingleColumn column => new SingleColumn(column.Name, Pick(column.Cells.Span, places, float.NaN)),
        DoubleColumn column => new DoubleColumn(column.Name, Pick(column.Cells.Span, places, double.NaN)),
        BooleanColumn column => new BooleanColumn(column.Name, Pick(column.Cells.Span, places, BooleanColumn.MissingCell)),
        DateTimeColumn column => new DateTimeColumn(column.Name, Pick(column.Ticks.Span, places, DateTimeColumn.MissingCell), column.IsUtc),
        Int64Column column => new Int64Column(column.Name, Pick(column.Cells.Span, places, 0), Array.ConvertAll(places, place => place < 0 || column.IsMissing(place))),
        _ => throw new InvalidOperationException(words.GetType().Name),
    };

    private static T[] Pick<T>(ReadOnlySpan<T> words, int[] places, T missing)
    {
        var cells = new T[places.Length];
        for (int row = 0; row < cells.Length; row++)
            cells[row] = places[row] < 0 ? missing : words[places[row]];
        return cells;
    }
}
