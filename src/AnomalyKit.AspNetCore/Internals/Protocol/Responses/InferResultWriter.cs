using System.Text.Json;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Writes an answer of HTTP: a JSON object, and the bytes that follow it.</summary>
internal static class InferResultWriter
{
    /// <summary>Writes an answer.</summary>
    /// <returns>How long the JSON is where bytes follow it; else null.</returns>
    public static int? Write(InferResult result, PooledBuffer body)
    {
        bool hasBytes = false;
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("model_name"u8, result.Model.Name);
            json.WriteString("model_version"u8, result.Model.Version);
            if (result.Request.Id is { } id)
                json.WriteString("id"u8, id);
            json.WriteStartArray("outputs"u8);
            foreach (var output in result.Outputs)
            {
                WriteOutput(json, result, output);
                hasBytes |= result.IsBinary(output);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (!hasBytes)
            return null;
        int length = body.Count;
        foreach (var output in result.Outputs)
        {
            if (!result.IsBinary(output))
                continue;
            int size = OutputValues.Size(result, output);
            OutputValues.CopyTo(result, output, body.GetSpan(size)[..size]);
            body.Advance(size);
        }

        return length;
    }

    private static void WriteOutput(Utf8JsonWriter json, InferResult result, RequestedOutput output)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, output.Name.Text());
        json.WriteString("datatype"u8, output.Name.Type().Name());
        json.WriteStartArray("shape"u8);
        json.WriteNumberValue(result.RowCount);
        if (output.Name == OutputName.Contributions)
            json.WriteNumberValue(result.ColumnsOf(output));
        json.WriteEndArray();
        WriteParameters(json, result, output);
        if (!result.IsBinary(output))
            JsonOutputs.Write(json, result, output);
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, InferResult result, RequestedOutput output)
    {
        bool isBinary = result.IsBinary(output);
        if (!isBinary && output.Name != OutputName.Contributions)
            return;
        json.WriteStartObject("parameters"u8);
        if (isBinary)
            json.WriteNumber("binary_data_size"u8, OutputValues.Size(result, output));
        if (output.Name == OutputName.Contributions)
        {
            json.WriteString(OutputParameters.Columns, OutputParameters.NameList(result.Contributions!.ColumnNames));
            json.WriteNumber(OutputParameters.ExplainedRows, result.Contributions.ExplainedRows);
        }

        json.WriteEndObject();
    }
}
