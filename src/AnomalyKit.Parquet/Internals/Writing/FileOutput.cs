using ParquetSharp;
using ParquetSharp.Schema;

namespace AnomalyKit.Parquet.Writing;

/// <summary>The file that native code writes, row group by row group.</summary>
internal sealed class FileOutput : IDisposable
{
    private readonly ColumnSink[] _sinks;
    private readonly int _rowGroupRows;
    private readonly WriterProperties _properties;
    private readonly AbortableStream _stream;
    private readonly ParquetFileWriter _writer;
    private bool _isComplete;
    private RowGroupWriter? _group;
    private ColumnWriter[] _columns = [];
    private long _rows;

    public FileOutput(Stream stream, FeatureTable first, ParquetWriteOptions options)
    {
        _sinks = [.. first.Columns.Select(ColumnSink.For)];
        _rowGroupRows = options.RowGroupRows;
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(options.Compression switch
        {
            ParquetCompression.Snappy => Compression.Snappy,
            ParquetCompression.Zstd => Compression.Zstd,
            ParquetCompression.Gzip => Compression.Gzip,
            _ => Compression.Uncompressed,
        });
        // Measured numbers hardly repeat: a dictionary of them costs time and saves nothing.
        foreach (var column in first.Columns.Where(column => column is SingleColumn or DoubleColumn))
        {
            using var path = new ColumnPath([column.Name]);
            builder.DisableDictionary(path);
        }

        _properties = builder.Build();
        Node[] nodes = [.. _sinks.Select(sink => sink.Node())];
        using var schema = new GroupNode("schema", Repetition.Required, nodes);
        _stream = new AbortableStream(stream);
        _writer = new ParquetFileWriter(_stream, schema, _properties, leaveOpen: true);
        foreach (var node in nodes)
            node.Dispose();
    }

    public void Write(FeatureTable batch)
    {
        if (_group is null)
        {
            _group = _writer.AppendBufferedRowGroup();
            _columns = [.. Enumerable.Range(0, _sinks.Length).Select(_group.Column)];
        }

        for (int i = 0; i < _sinks.Length; i++)
            _sinks[i].Write(_columns[i], batch.Columns[i]);
        _rows += batch.RowCount;
        if (_rows >= _rowGroupRows)
            CloseGroup();
    }

    public void Complete()
    {
        CloseGroup();
        _writer.Close();
        _isComplete = true;
    }

    public void Dispose()
    {
        if (!_isComplete)
            _stream.Abort();
        foreach (var column in _columns)
            column.Dispose();
        _group?.Dispose();
        _writer.Dispose();
        _properties.Dispose();
    }

    private void CloseGroup()
    {
        foreach (var column in _columns)
            column.Dispose();
        _columns = [];
        _group?.Close();
        _group?.Dispose();
        _group = null;
        _rows = 0;
    }
}
