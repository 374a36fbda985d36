using AnomalyKit.Onnx.Inputs;

namespace AnomalyKit.Onnx.Preparation;

/// <summary>The inputs of a detector of tables.</summary>
internal static class TableInputs
{
    public static InputPlan Of(FittedPreparation preparation, OnnxOptions options)
    {
        string[] names = [.. preparation.Schema.Fields.Select(field => field.Name)];
        bool hasOffsets = preparation.Encoders.Any(encoder => encoder.Offset != 0);
        if (preparation.TakesValues)
            return InputPlan.OfNumbers(names, hasOffsets, options);
        if (options.InputForm == OnnxInputForm.Matrix)
        {
            var field = preparation.Schema.Fields.First(field => field.Kind != ColumnKind.Number);
            throw new OnnxExportException($"Column '{field.Name}' is {field.Kind}, and one matrix holds numbers only. Use OnnxInputForm.Columns.");
        }

        var numbers = InputPlan.NumberType(hasOffsets, options);
        return new InputPlan([.. preparation.Schema.Fields.Select(field => new OnnxTensor(field.Name, TypeOf(field.Kind, numbers, options), 1))], names, false);
    }

    private static OnnxElementType TypeOf(ColumnKind kind, OnnxElementType numbers, OnnxOptions options) => kind switch
    {
        ColumnKind.Category => options.CategoryType == OnnxCategoryType.Text ? OnnxElementType.Text : OnnxElementType.WholeNumber,
        ColumnKind.DateTime => OnnxElementType.WholeNumber,
        _ => numbers,
    };
}
