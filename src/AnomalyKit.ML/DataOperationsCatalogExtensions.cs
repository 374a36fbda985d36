using AnomalyKit.ML.Tables;
using Microsoft.ML;

namespace AnomalyKit;

/// <summary>Tables of AnomalyKit as data of ML.NET, beside <c>mlContext.Data.LoadFromTextFile</c> and its kind.</summary>
/// <remarks>
/// Numbers become Single, Double or Int64, categories text, booleans Boolean, dates and times DateTime. ML.NET has no missing cells but NaN: text becomes empty, a time the first instant of the year 1, whole numbers
/// with missing cells Double, and booleans with missing cells Single (0, 1, NaN). <see cref="DataViewTableReader"/> reads them back as they were.
/// </remarks>
public static class DataOperationsCatalogExtensions
{
    /// <summary>A table as an <see cref="IDataView"/>. Cells are not copied.</summary>
    /// <param name="catalog">The operations of a context.</param>
    /// <param name="table">The table.</param>
    /// <returns>Data of the same rows and columns.</returns>
    public static IDataView LoadFromTable(this DataOperationsCatalog catalog, FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(table);
        return new TableView(TableTypes.Of(table), table.RowCount, () => new WholeTable(table));
    }

    /// <summary>A source of tables as an <see cref="IDataView"/>: Parquet, Arrow, CSV, databases, of any length. It is read again each time that ML.NET goes through the data.</summary>
    /// <param name="catalog">The operations of a context.</param>
    /// <param name="open">
    /// Opens the source at its first row; called here, to see which columns there are, and for each pass. Whole numbers become Double, for later rows may have missing cells; ids stay Int64. Booleans must have none.
    /// </param>
    /// <returns>Data of the same rows and columns.</returns>
    /// <exception cref="TableDataException">The source cannot be read.</exception>
    /// <exception cref="IOException">The source fails.</exception>
    public static IDataView LoadFromTableReader(this DataOperationsCatalog catalog, Func<TableReader> open)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(open);
        using var reader = open();
        return new TableView(TableTypes.Of(reader), reader.TotalRowCount, () => new ReaderBatches(open()));
    }
}
