using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Sees to it that no field of an object is given twice.</summary>
internal ref struct SeenFields(string owner)
{
    private int _seen;

    public void Add(int field, string name)
    {
        if ((_seen & (1 << field)) != 0)
            throw RequestException.Invalid($"'{name}' appears twice in {owner}. Give each field once.");
        _seen |= 1 << field;
    }
}
