namespace AnomalyKit.Serving.Protocol;

/// <summary>What a tensor of a model is called and looks like.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its datatype.</param>
/// <param name="Shape">Its dimensions; −1 for the number of rows.</param>
internal readonly record struct TensorMetadata(string Name, TensorType Type, long[] Shape);
