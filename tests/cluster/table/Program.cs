using System.Globalization;
using AnomalyKit;
using AnomalyKit.ClusterTests;

// usage: table make FOLDER ROWS COLUMNS FILES    a made-up table as Parquet files of different lengths
//        table same FILE FILE                    whether both hold the same columns with the same cells, row by row
//        table rows FILE COLUMN ROWS             whether the column counts 0, 1, 2, … to the number of rows: none is lost, doubled or in another place
//        table threshold MODEL MODEL            whether the thresholds differ by no more than sketches of scores may be wrong
try
{
    return args switch
    {
        ["make", var folder, var rows, var columns, var files] => MadeUpTable.Write(folder, Number(rows), (int)Number(columns), (int)Number(files)),
        ["same", var first, var second] => TableComparison.Same(first, second),
        ["rows", var file, var column, var rows] => TableComparison.Counts(file, column, Number(rows)),
        ["threshold", var first, var second] => ThresholdComparison.Near(first, second),
        _ => throw new ArgumentException("usage: table make FOLDER ROWS COLUMNS FILES | same FILE FILE | rows FILE COLUMN ROWS | threshold MODEL MODEL"),
    };
}
catch (Exception failure) when (failure is ArgumentException or IOException or TableDataException or FormatException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
