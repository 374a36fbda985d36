using AnomalyKit.Onnx.Protocol;

namespace AnomalyKit.Onnx.Graphs;

/// <summary>Puts a graph together: every method adds a node and gives its value. Shapes are [rows, columns] unless a method says otherwise.</summary>
internal sealed partial class GraphBuilder
{
    /// <summary>The version of ONNX's own operators that graphs are written in: the lowest in which sums take their axes as now.</summary>
    public const int Opset = 13;

    /// <summary>The version of the operators for trees and labels: the first that takes words to numbers.</summary>
    public const int TreeOpset = 2;

    /// <summary>The domain of the operators for trees and labels.</summary>
    public const string TreeDomain = "ai.onnx.ml";

    /// <summary>The name of the number of rows of a call.</summary>
    public const string Rows = "rows";

    private readonly GraphBuilder _root;
    private readonly ValueNames _names;
    private readonly Dictionary<(ElementType Type, double Number), Value> _numbers;

    /// <summary>Begins a file's graph.</summary>
    /// <param name="reserved">The names of inputs and outputs.</param>
    public GraphBuilder(IReadOnlySet<string> reserved)
    {
        _root = this;
        _names = new ValueNames(reserved);
        _numbers = [];
        Size = new FileSize();
    }

    private GraphBuilder(GraphBuilder root)
    {
        _root = root;
        _names = root._names;
        _numbers = root._numbers;
        Size = root.Size;
    }

    /// <summary>The graph so far.</summary>
    public GraphProto Graph { get; } = new() { Name = "rows" };

    /// <summary>The size of the file so far.</summary>
    public FileSize Size { get; }

    /// <summary>Whether an operator of <see cref="TreeDomain"/> is used.</summary>
    public bool HasTrees { get; private set; }

    /// <summary>Begins a graph inside this one; it may use all values that exist already.</summary>
    public GraphBuilder Inner() => new(_root);

    /// <summary>Declares an input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="rows">The name of the number of rows, or null in graphs whose inputs are single rows.</param>
    /// <param name="columns">The number of columns.</param>
    public Value Input(string name, ElementType type, string? rows, long columns)
    {
        Graph.Input.Add(ValueInfos.Of(name, type, rows, columns));
        return new Value(name);
    }

    /// <summary>Declares an input of an inner graph, with a name that is made up.</summary>
    /// <param name="type">What it holds.</param>
    /// <param name="columns">Its length; null for a rank and lengths that follow from the graph.</param>
    public Value InnerInput(ElementType type, long? columns)
    {
        var value = new Value(_names.Next("row"));
        Graph.Input.Add(columns is { } count ? ValueInfos.Of(value.Name, type, null, count) : ValueInfos.OfAnyShape(value.Name, type));
        return value;
    }

    /// <summary>Declares an output of an inner graph.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="columns">Its length; null for a rank and lengths that follow from the graph.</param>
    public void InnerOutput(Value value, ElementType type, long? columns) =>
        Graph.Output.Add(columns is { } count ? ValueInfos.Of(value.Name, type, null, count) : ValueInfos.OfAnyShape(value.Name, type));

    /// <summary>Declares an output [rows, columns] and gives it its value.</summary>
    public void Output(string name, Value value, ElementType type, string rows, long columns)
    {
        var node = new NodeProto { OpType = "Identity", Name = name + "_out" };
        node.Input.Add(value.Name);
        node.Output.Add(name);
        Graph.Node.Add(node);
        Graph.Output.Add(ValueInfos.Of(name, type, rows, columns));
    }

    /// <summary>A constant array.</summary>
    public Value Constant(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Keep(Tensors.Of(_names.Next("floats"), Counted(values, sizeof(float)), shape));

    /// <summary>A constant array.</summary>
    public Value Constant(ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) => Keep(Tensors.Of(_names.Next("doubles"), Counted(values, sizeof(double)), shape));

    /// <summary>A constant array.</summary>
    public Value Constant(ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) => Keep(Tensors.Of(_names.Next("integers"), Counted(values, sizeof(long)), shape));

    /// <summary>A double [1, 1], for arithmetic with [rows, columns].</summary>
    /// <remarks>ONNX Runtime takes [rows, 1] and a number without a shape apart into rows, which is about 20 times as slow.</remarks>
    public Value Number(double value) => _numbers.TryGetValue((ElementType.Double, value), out var known)
        ? known
        : _numbers[(ElementType.Double, value)] = Keep(Tensors.Of(_names.Next("number"), [value], 1, 1));

    /// <summary>A float32 [1, 1], for arithmetic with [rows, columns].</summary>
    public Value Single(float value) => _numbers.TryGetValue((ElementType.Single, value), out var known)
        ? known
        : _numbers[(ElementType.Single, value)] = Keep(Tensors.Of(_names.Next("single"), [value], 1, 1));

    /// <summary>A 64-bit integer [1, 1], for arithmetic with [rows, columns].</summary>
    public Value Integer(long value) => Keep(Tensors.Of(_names.Next("integer"), [value], 1, 1));

    /// <summary>Adds a node of one output.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="attributes">Its constant arguments.</param>
    public Value Apply(string operation, ReadOnlySpan<Value> inputs, params ReadOnlySpan<AttributeProto> attributes) => Apply(string.Empty, operation, 1, inputs, attributes)[0];

    /// <summary>Adds a node of several outputs.</summary>
    /// <inheritdoc cref="Apply(string, ReadOnlySpan{Value}, ReadOnlySpan{AttributeProto})"/>
    public Value[] ApplyMany(string operation, int outputs, ReadOnlySpan<Value> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Apply(string.Empty, operation, outputs, inputs, attributes);

    private Value[] Apply(string domain, string operation, int outputs, ReadOnlySpan<Value> inputs, ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Domain = domain, Name = _names.Next(operation) };
        foreach (var input in inputs)
            node.Input.Add(input.Name);
        var values = new Value[outputs];
        for (int i = 0; i < outputs; i++)
        {
            values[i] = new Value(_names.Next("v"));
            node.Output.Add(values[i].Name);
        }

        foreach (var attribute in attributes)
            node.Attribute.Add(attribute);
        Size.Add(64 + (24L * (inputs.Length + outputs)), "its nodes");
        Graph.Node.Add(node);
        return values;
    }

    private Value Scalar(double value) => Keep(Tensors.Of(_names.Next("number"), [value]));

    // Constants of inner graphs lie in the outermost, where every graph sees them.
    private Value Keep(TensorProto tensor)
    {
        _root.Graph.Initializer.Add(tensor);
        Size.Add(64, "its constants");
        return new Value(tensor.Name);
    }

    private ReadOnlySpan<T> Counted<T>(ReadOnlySpan<T> values, int width)
    {
        Size.Add((long)values.Length * width, "an array");
        return values;
    }
}
