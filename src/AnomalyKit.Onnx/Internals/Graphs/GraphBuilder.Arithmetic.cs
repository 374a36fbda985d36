namespace AnomalyKit.Onnx.Graphs;

/// <content>Element by element, shapes broadcast as in numpy.</content>
internal sealed partial class GraphBuilder
{
    public Value Cast(Value value, ElementType type) => Apply("Cast", [value], Attributes.Number("to", (long)type));

    public Value Add(Value left, Value right) => Apply("Add", [left, right]);

    public Value Subtract(Value left, Value right) => Apply("Sub", [left, right]);

    public Value Multiply(Value left, Value right) => Apply("Mul", [left, right]);

    public Value Divide(Value left, Value right) => Apply("Div", [left, right]);

    public Value Min(Value left, Value right) => Apply("Min", [left, right]);

    public Value Max(Value left, Value right) => Apply("Max", [left, right]);

    public Value Power(Value left, Value right) => Apply("Pow", [left, right]);

    public Value Sqrt(Value value) => Apply("Sqrt", [value]);

    public Value Exp(Value value) => Apply("Exp", [value]);

    public Value Log(Value value) => Apply("Log", [value]);

    public Value Abs(Value value) => Apply("Abs", [value]);

    public Value Negate(Value value) => Apply("Neg", [value]);

    public Value Floor(Value value) => Apply("Floor", [value]);

    /// <summary>To the nearest whole number, halves to the even one.</summary>
    public Value Round(Value value) => Apply("Round", [value]);

    /// <summary>A double limited to a range; NaN stays.</summary>
    public Value Clip(Value value, double least, double most) => Apply("Clip", [value, Scalar(least), Scalar(most)]);

    public Value Less(Value left, Value right) => Apply("Less", [left, right]);

    public Value Greater(Value left, Value right) => Apply("Greater", [left, right]);

    public Value LessOrEqual(Value left, Value right) => Apply("LessOrEqual", [left, right]);

    public Value GreaterOrEqual(Value left, Value right) => Apply("GreaterOrEqual", [left, right]);

    public Value AreEqual(Value left, Value right) => Apply("Equal", [left, right]);

    public Value Not(Value value) => Apply("Not", [value]);

    public Value And(Value left, Value right) => Apply("And", [left, right]);

    public Value Or(Value left, Value right) => Apply("Or", [left, right]);

    public Value IsNaN(Value value) => Apply("IsNaN", [value]);

    /// <summary>The second where the first holds, else the third.</summary>
    public Value Where(Value condition, Value then, Value otherwise) => Apply("Where", [condition, then, otherwise]);

    /// <summary>A double rounded to float32.</summary>
    public Value ToSingle(Value value) => Cast(value, ElementType.Single);

    /// <summary>A float32 as a double.</summary>
    public Value ToDouble(Value value) => Cast(value, ElementType.Double);
}
